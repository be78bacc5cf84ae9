package identity

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"beenthere/forum/fault"
)

func TestHandles(t *testing.T) {
	keys := testKeys(t)
	rapid.Check(t, func(t *rapid.T) {
		post := ids.EncodeToString(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		handle := keys.Handle(post)
		if !ValidID(post) || !ValidID(handle) || handle == post {
			t.Fatalf("%s becomes %s", post, handle)
		}
		if back, err := keys.PostOf(handle); err != nil || back != post {
			t.Fatalf("%s comes back as %s, %v", post, back, err)
		}
		if public, _ := keys.PostOf(post); public == post {
			t.Fatal("a public id is a handle")
		}
	})
	// A bookmark of today works as long as the root key is there.
	if got := keys.Handle(strings.Repeat("a", 26)); got != "s37b5taby4teh2jcbzr7we4m5y" {
		t.Errorf("handle = %s", got)
	}
}

func TestNoHandles(t *testing.T) {
	keys := testKeys(t)
	for _, text := range []string{"", "a", strings.Repeat("a", 25), strings.Repeat("a", 27), strings.Repeat("A", 26),
		strings.Repeat("a", 25) + "b", strings.Repeat("1", 26), strings.Repeat("a", 25) + "\n", strings.Repeat("ä", 13), "a\n" + strings.Repeat("a", 24)} {
		if ValidID(text) || keys.Handle(text) != "" {
			t.Errorf("%q is an id", text)
		}
		if post, err := keys.PostOf(text); post != "" || !fault.Is(err, fault.NotFound) {
			t.Errorf("%q is the handle of %q: %v", text, post, err)
		}
	}
}

func TestIDsAndTokens(t *testing.T) {
	made := map[string]bool{}
	for range 1000 {
		id, token := NewID(), NewToken()
		if !ValidID(id) || len(id) != 26 || len(token) != 43 || strings.ToLower(id) != id {
			t.Fatalf("%q, %q", id, token)
		}
		made[id], made[token] = true, true
	}
	if len(made) != 2000 {
		t.Fatal("one came twice")
	}
}

func TestHashAndMAC(t *testing.T) {
	keys := testKeys(t)
	if keys.MAC("a", "b") == keys.MAC("b", "a") || keys.MAC("a", "b") == keys.MAC("a", "c") || Hash("a") == Hash("b") {
		t.Error("two values have one mark")
	}
	if !Equal(keys.MAC("a", "b"), keys.MAC("a", "b")) || Equal("a", "b") || Equal("a", "aa") || !Equal("", "") {
		t.Error("Equal is wrong")
	}
}

func FuzzPostOf(f *testing.F) {
	keys := testKeys(f)
	f.Add(NewID())
	f.Add("aaaaaaaaaaaaaaaaaaaaaaaaa\n")
	f.Fuzz(func(t *testing.T, handle string) {
		post, err := keys.PostOf(handle)
		if err == nil && keys.Handle(post) != handle {
			t.Fatalf("%q is a second handle of %s", handle, post)
		}
		if (err == nil) != ValidID(handle) {
			t.Fatalf("%q: %v", handle, err)
		}
	})
}
