package account

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// cost is what one hash takes: memory in KiB, passes, lanes.
type cost struct {
	memory, time uint32
	threads      uint8
}

// phc is a stored password: $argon2id$v=19$m=19456,t=2,p=1$salt$key, as the
// Password Hashing Competition's string format has it, with unpadded base64.
// The costs travel with the hash, so that raising them later locks nobody out.
type phc struct {
	cost
	salt, key []byte
}

var errPHC = errors.New("stored password is not in the argon2id PHC format")

func (p phc) String() string {
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.memory, p.time, p.threads, b64(p.salt), b64(p.key))
}

// parsePHC reads only what String writes, byte for byte, within bounds that
// keep a damaged row from taking all memory.
func parsePHC(s string) (phc, error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 {
		return phc{}, errPHC
	}
	var p phc
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.threads); err != nil {
		return phc{}, errPHC
	}
	var errSalt, errKey error
	p.salt, errSalt = base64.RawStdEncoding.DecodeString(parts[4])
	p.key, errKey = base64.RawStdEncoding.DecodeString(parts[5])
	if errSalt != nil || errKey != nil || !p.sound() || p.String() != s {
		return phc{}, errPHC
	}
	return p, nil
}

func (p phc) sound() bool {
	return p.memory >= 8*1024 && p.memory <= 256*1024 && p.time >= 1 && p.time <= 16 && p.threads >= 1 && p.threads <= 4 &&
		len(p.salt) >= 8 && len(p.salt) <= 64 && len(p.key) >= 16 && len(p.key) <= 64
}
