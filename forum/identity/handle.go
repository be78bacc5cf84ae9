package identity

import (
	"crypto/aes"
	"crypto/cipher"

	"beenthere/forum/fault"
)

// handleCipher turns an id into a handle and back. Sixteen bytes are exactly
// one AES block, so a handle is as short as an id, and every handle is some id.
type handleCipher struct{ block cipher.Block }

func newHandleCipher(key []byte) handleCipher {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // only for a key of another length
	}
	return handleCipher{block}
}

// Handle is the name of a post on its author's own pages. A browser's history
// that holds it does not point at a public post. It stays the same for good,
// so that a bookmark keeps working. Of what is no id it is empty.
func (k *Keys) Handle(postID string) string {
	id, ok := idBytes(postID)
	if !ok {
		return ""
	}
	k.handles.block.Encrypt(id[:], id[:])
	return ids.EncodeToString(id[:])
}

// PostOf gives the post that a handle names. It is NotFound for what cannot be
// a handle; any other text names some id, almost surely of no post, so that a
// public id in the place of a handle finds nothing.
func (k *Keys) PostOf(handle string) (string, error) {
	id, ok := idBytes(handle)
	if !ok {
		return "", fault.New(fault.NotFound, "identity.PostOf", "There is nothing at this address. The list of your posts shows all that is yours.")
	}
	k.handles.block.Decrypt(id[:], id[:])
	return ids.EncodeToString(id[:]), nil
}
