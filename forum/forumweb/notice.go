package forumweb

// tellSlow is said wherever somebody writes, or waits for, a reply in a thread
// that leads have slowed down.
const tellSlow = "Replies in this thread are read more slowly for now, so that everybody has room to breathe. Yours may take a day or two."

// slowly says that replies are read more slowly, "" where they are not.
func slowly(slow bool) string {
	if slow {
		return tellSlow
	}
	return ""
}
