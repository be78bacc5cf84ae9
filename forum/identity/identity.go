// Package identity lets a person stay the same author without being a member
// of anything.
//
// There is no list of people. A person holds one secret of 16 bytes, and the
// program keeps, with each thread, a tag that only this secret and this thread
// can make. Whoever brings the secret proves authorship, because the tags come
// out the same again; whoever has the database alone cannot tell that two
// threads have one author.
//
//	Secret ──┬─▶ Phrase, Base32               what the person writes down
//	         │
//	         ├─▶ Keys.SealSession             what the browser holds: a cookie that ends by itself
//	         │
//	         └─▶ Keys.Person ──┬─▶ Tag        one per thread, stored with the posts
//	             (with the     ├─▶ Scan       "my threads"
//	              pepper)      ├─▶ Revocation "sign out everywhere"
//	                           └─▶ RateTag    limits, in memory for an hour
//
// The pepper and one root key are files outside the database (keys.go). Cookies
// and tickets are sealed under keys that follow from the root by week
// (seal.go), so that several processes agree and a stolen cookie ends by itself.
//
// A secret and the keys made from it never reach a log: their types say
// "redacted" whichever way they are printed. No error of this package holds a
// secret in its cause; what a person typed may come back in Tell, to that
// person alone.
//
// The words of the phrase come from the EFF large word list by Joseph Bonneau
// and the Electronic Frontier Foundation (https://www.eff.org/dice), CC BY 3.0 US.
// The list was read through and changed: words that could hurt on a bad night,
// and many dull ones, gave way to ordinary ones of our own; about half are EFF's.
package identity
