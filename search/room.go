package search

import (
	"sync/atomic"

	"beenthere/search/meaning"
)

// Room is where people find each other. It is safe for concurrent use.
type Room struct {
	engine   Engine
	public   Public
	language *meaning.Language
	model    atomic.Pointer[meaning.Model]
	folder   string // where the model is kept
	readings readings
}

// New opens the room on an engine. What is public is asked of public, always;
// the model of meaning is kept in folder, and a missing or damaged one is
// learned anew.
func New(engine Engine, public Public, folder string) *Room {
	r := &Room{engine: engine, public: public, language: meaning.NewLanguage(), folder: folder, readings: readings{known: map[string]*read{}}}
	if model, err := meaning.Load(r.language, r.file()); err == nil {
		r.model.Store(model)
	}
	return r
}
