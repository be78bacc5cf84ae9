// Package search is the room where people find each other: somebody types
// "lost my dad and can't sleep" and meets those who have been there, whatever
// words they used.
//
//	words ─▶ parse ─▶ plan (repair, other wordings, meaning) ─▶ engine proposes ≤ 200 ids
//	                                                              │
//	page ◀─ excerpts ◀─ rank ◀─ one per thread ◀─ Public confirms ◀┘
//
// The engine proposes, one shared ranking decides. So both engines answer
// alike, and nothing in an index reaches a page unless it is public now.
// What is asked is neither stored nor logged.
package search
