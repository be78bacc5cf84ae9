// Package search is the room where people find each other: somebody types
// "lost my dad and can't sleep" and meets those who have been there, whatever
// words they used.
//
//	words ─▶ parse ─▶ plan (repair, other wordings, meaning) ─▶ engine proposes ≤ 200 ids
//	                                                              │
//	page ◀─ excerpts ◀─ one per thread ◀─ rank ◀─ Public confirms ◀┘
//
// The engine proposes, one shared ranking decides. So both engines answer
// alike, and nothing in an index reaches a page unless it is public now.
// What is asked is neither stored nor logged.
//
// Three things make other words meet: stems (meaning/lexeme.go), a list of
// words for one thing that anybody may read and add to (meaning/synonyms.txt),
// and vectors learned from the public posts (meaning/vectors.go). The
// third needs some hundred posts; the room works without it.
//
// What each idea brought, on 450 posts of a collection that is not part of the
// project. "Asked" are 42 questions in other words, written before the list
// was last added to; "alike" are whole posts that should find posts of their subject.
//
//	                                    asked S@5  MRR   title->body S@5  alike P@10
//	BM25, stems, titles                 .43        .29   .60              .45
//	+ the list, as concepts             .71        .57   .60              .49
//	+ vectors of words alone            (lower than without, with so few posts)
//	+ vectors of words and concepts     .74        .55   .61              .52
//	+ echoes: like the first few too    .74        .55   .61              .55
//
//	known title S@1 .993, with typing errors 1.000, three words of a post S@5 1.000
//
// The two engines are within .03 of each other, here and among 10,000 posts.
// Evaluate prints these measures for any collection and engine.
package search
