// Package account holds what a moderator's account is made of. Moderators are
// the only people here who have one: they are invited by a link, choose a
// password and pair an authenticator app, and get ten recovery codes.
//
// The package is pure: it makes and checks passwords, codes, tokens and roles
// and stores nothing. Rows live in package moderation. What may be stored:
//
//	password       Hash's text (argon2id, PHC format)
//	authenticator  the secret of NewTOTP, and the step of the last code used
//	recovery       the hashes of NewRecovery
//	invitation     the hash of NewToken
//	session        the hash of NewToken
//
// A copy of these rows opens no account by itself, the authenticator's secret
// apart, which is useless without the password.
package account

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"beenthere/forum/fault"
)

const (
	minRunes = 12  // letters; shorter ones are guessed too quickly, whatever they hold
	maxBytes = 256 // so that hashing always costs about the same
)

// worst lists long passwords that every list of guesses begins with. Short
// ones need no entry, because they are too short anyway.
func worst() []string {
	return []string{
		"123456789012", "1234567890123", "12345678901234", "123456789123", "1234567891011", "1234567890qwerty",
		"0123456789012", "012345678910", "123123123123", "112233445566", "abcdefghijkl", "abcdefghijklmnopqrstuvwxyz", "abc123abc123",
		"qwertyuiop12", "qwertyuiop123", "qwertyuiopas", "qwertyuiopasdfghjkl", "qwerty123456", "1q2w3e4r5t6y", "1qaz2wsx3edc", "asdfghjkl123",
		"password1234", "password12345", "password123456", "passwordpassword", "mypassword123", "correcthorsebatterystaple",
		"iloveyou1234", "iloveyouiloveyou", "letmeinletmein", "administrator", "adminadminadmin", "administrator1", "changemechangeme",
		"welcome12345", "beenthere123", "beenthere1234", "beentherebeenthere", "moderator123", "moderatormoderator",
	}
}

// prepare gives the one spelling of a password that is hashed: NFC, because
// keyboards differ in how they send an accented letter.
func prepare(password string) string { return norm.NFC.String(password) }

// check says whether a prepared password may be chosen. There are no rules of
// composition; a sentence of four words is as good as it gets.
func check(password string) error {
	switch {
	case !utf8.ValidString(password):
		return refuse("Some characters of that password did not arrive in one piece. Please type it again.")
	case utf8.RuneCountInString(password) < minRunes:
		return refuse("Please choose a password of at least 12 characters. A few unrelated words work well.")
	case len(password) > maxBytes:
		return refuse("That password is longer than we can keep. 256 characters are plenty.")
	case isWorst(password):
		return refuse("That password is one that people try first. Please choose one that is only yours.")
	}
	return nil
}

// isWorst knows the listed passwords in any case and spacing, and those that
// are one character over and over.
func isWorst(password string) bool {
	plain := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, password)
	first, _ := utf8.DecodeRuneInString(plain)
	return strings.Trim(plain, string(first)) == "" || slices.Contains(worst(), plain)
}

func refuse(tell string) error {
	return fault.Fields("account.Hash", map[string]string{"password": tell})
}
