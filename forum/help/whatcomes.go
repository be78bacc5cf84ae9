package help

// Tone of this file: say what is likely, say what we do not know, promise
// nothing that another service has to keep. A number alone is weak help; knowing
// what the call is like makes it easier to make.

// whatComes tells what happens when you get in touch, as far as it is much the
// same everywhere.
func whatComes(l Line) []string {
	var say []string
	if len(l.Phones) > 0 {
		say = append(say,
			"You may hear a greeting from a machine first, and you may have to wait. If nobody answers, it's all right to try again.",
			"Then a person answers, often a trained volunteer. They ask what is going on and how safe you are right now. You can say as little as you like, stay silent for a while, or just say “I don't know where to start”.",
			"You don't have to give your name. You can hang up at any time.",
			"It doesn't have to be the worst night of all; many people call when it is simply too much. If talking is hard, you can read out what you wrote here.",
		)
	}
	if l.Text != "" || l.Chat != "" {
		say = append(say, "In a text or chat a person writes back. It can take some minutes, and a first answer may come from a machine that asks a few questions.")
	}
	if len(say) == 0 {
		return []string{"This is a list of help lines. You pick a country and see who can be reached there, by phone, text or chat."}
	}
	return append(say, "We don't know every rule of this service. You can ask at the start whether the talk stays between you and them, and when they would call somebody else in.")
}
