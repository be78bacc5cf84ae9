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
// and vectors learned from the public posts (meaning/vectors.go). The third
// needs some hundred posts; the room works without it. What each of them
// brings, and what it costs, stands in measured.md.
package search
