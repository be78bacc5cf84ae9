package forumweb

import (
	"strings"

	"beenthere/forum"
)

// The words in this file are read by people on a hard day. Their tone:
//
//   - Thank first. Then say what happens next, and when.
//   - Give one reason, in plain words, and never more than one.
//   - Keep the person's meaning. Talk about the words, not about the person.
//   - Offer a choice at the end, and let doing nothing be one of them.
//   - A volunteer speaks, never a system: "we", "a volunteer here".
//   - Short sentences, words a child of eleven knows, no exclamation marks,
//     no cheer that was not asked for, no threats and no legal language.
//   - Nothing is rejected. It is returned for changes, or not put up, and
//     there is always a way back.

// outcome is what a status page says first: a heading, a sentence or two and,
// where there is one, the next step.
type outcome struct {
	Heading string
	Message string
	Next    string
}

// situation is everything that decides which words a status page begins with.
type situation struct {
	State     forum.State
	Edit      bool // another wording of the post is up
	Resent    bool // it was sent before, in another wording
	Offered   bool // a volunteer's wording lies beside the author's
	Masked    bool // the wording that is up has details covered
	Both      bool // and what was covered can still be seen
	Away      bool // the thread that it stands in cannot be read for now
	Care      bool // declined by somebody who was worried about the author
	BeingRead bool
	Late      bool
	Appealed  bool
	Nobody    bool // no volunteer is reading at the moment
	Heavy     bool // the words or the author say that tonight may not be safe
}

// outcomeOf finds the words for a situation.
func outcomeOf(s situation) outcome {
	switch s.State {
	case forum.Approved:
		return approvedText(s)
	case forum.Returned, forum.Offered:
		return returnedText(s)
	case forum.Declined:
		return declinedText(s)
	case forum.Withdrawn:
		return outcome{"You took this back", "It is gone from every page and from the search, and its words have been removed here. Thank you for having trusted us with it.", "You can write again whenever you like, or not at all."}
	}
	return waitingText(s)
}

func waitingText(s situation) outcome {
	o := outcome{"We have your words", "Thank you for trusting us with this.", "You can change it or take it back at any time, also while somebody is reading."}
	switch {
	case s.Appealed:
		o = outcome{"Somebody else is taking a fresh look", "Thank you for telling us. A different volunteer reads your post and what you wrote to us.", "You can still change it or take it back."}
	case s.Resent && !s.Edit:
		o.Message = "Thank you for coming back to it."
	case s.Edit:
		o = outcome{"We have your change", "Thank you. Until the new wording has been read, the one before it stays up.", "You can take back only the change, or the whole post."}
	}
	if s.Nobody { // otherwise the wait says so
		o.Message += " A volunteer reads it before anyone else does."
	}
	if s.BeingRead {
		o.Heading = "A volunteer is reading it now"
	}
	if s.Late {
		o.Message = "This is taking longer than we said, and that is on us. Your post is among the next to be read. " + o.Message
	}
	if s.Heavy && !s.Edit {
		o.Message += " We have put it near the front. Nobody here can come to you or call you, so if tonight feels unsafe, the people below can talk or text straight away. You can also do nothing yet; your words are safe with us."
	}
	return o
}

func approvedText(s situation) outcome {
	if s.Masked {
		o := outcome{"Your post is up, with a detail covered", "Thank you. A volunteer read it and covered what could point to a real person. Everything else is as you wrote it.", "If the change does not sit right with you, write your own wording or take the post back."}
		if s.Both {
			o.Message += " Both wordings are below; only you see yours, and it is kept here for 30 days."
		}
		return o
	}
	if s.Away {
		return outcome{"Your post is ready", "Thank you. A volunteer read it and there is nothing to change. The thread it stands in is not up at the moment, so others can't see it for now.", "You can still change it or take it back."}
	}
	return outcome{"Your post is up", "Thank you. A volunteer read it, and others can find it now.", "You can still change it, take it back, or add how things went later on."}
}

func returnedText(s situation) outcome {
	if s.Offered {
		return outcome{"A volunteer suggests a wording", "Thank you for waiting. Your post can go up with the changes shown below. They are a suggestion: nothing is changed without your yes.", "Use theirs, write your own, take it back, or leave it with us."}
	}
	return outcome{"We'd like to ask you for a change", "Thank you for waiting. There is one thing that keeps us from putting this up as it is.", "Change it and send it again, take it back, or leave it with us. What you lived through belongs here."}
}

func declinedText(s situation) outcome {
	if s.Edit {
		return outcome{"We haven't put the change up", "Thank you for coming back to it. The wording that was read before stays up; below is the one reason why the new one is not.", "You can write it another way, take back only the change, or leave it. If you think we misread it, another volunteer will take a fresh look."}
	}
	if s.Care && !s.Appealed {
		return outcome{"Help comes first tonight", "Thank you for telling us how bad it is. A volunteer read all of it and is worried about you. We haven't put it up, because nobody here can come to you, and we don't want you to wait for an answer on a page. The people below can talk or text straight away.", "Your words are kept for you. You can change them and send them again at any time, and another volunteer will take a fresh look if you ask."}
	}
	o := outcome{"We haven't put this up", "Thank you for writing it. A volunteer read all of it, and below is the one reason why we didn't put it up.", "You can write it another way; we'll look out for it. If you think we misread it, another volunteer will take a fresh look."}
	if s.Appealed {
		o.Heading = "We looked again, and haven't put this up"
		o.Message = "Thank you for asking us to look again. A different volunteer read your post and what you told us, and came to the same end."
		o.Next = "You can still write it another way; we'll look out for it. You can take it back, or leave it with us."
	}
	return o
}

// statusWord is the few words by which a list of own posts names a state.
func statusWord(state forum.State, edit bool) string {
	switch {
	case edit && (state == forum.Submitted || state == forum.Waiting):
		return "up; your change is waiting to be read"
	case state == forum.Submitted, state == forum.Waiting:
		return "waiting to be read"
	case state == forum.Approved:
		return "up"
	case state == forum.Offered:
		return "a wording is suggested to you"
	case state == forum.Returned:
		return "returned for changes"
	case state == forum.Declined:
		return "not put up"
	}
	return "taken back"
}

// Sentences that stand alone.
const (
	tellTicketOld      = "This form has been open for a long time, or was opened under another phrase. Your words are still in it: please look them over and send it again."
	tellTicketNone     = "This form came without the mark that our pages put into it. Your words are still in it: please send it again from here."
	tellBodyLong       = "This is longer than one post can hold: there is room for %d characters. You could send the rest as a reply."
	tellTitleLong      = "A title has room for %d characters."
	tellKeyShort       = "An Idempotency-Key needs at least 16 characters."
	tellPhraseWords    = "Those are not three words of this phrase. Please look at your note again."
	tellChangedBoth    = "This post was changed somewhere else since you opened it. Both wordings are below, and nothing is lost."
	tellCommentThanks  = "Thank you for thinking along. The volunteers read it before they decide about the change."
	tellReportThanks   = "Thank you for telling us. A volunteer looks at it soon. The post stays up until a person has decided."
	tellNothingPublic  = "Nothing of this thread is up any more."
	tellStranger       = "This page opens with your recovery phrase. This browser does not hold it: its time may have run out, or the browser keeps no cookies. Your posts are where they were."
	tellNoCookies      = "Your words fit together, but this browser keeps no cookie from here, and without one it forgets you on the next page. Please allow cookies for this site and try again. The one we need can go when the browser is closed."
	tellTakenBack      = "This thread was taken back by its writer, so it takes no more replies. Your words are still here, in case you'd like to keep them."
	tellLocked         = "A volunteer has closed this thread to replies for now, so this can't be changed at the moment."
	tellLeft           = "This browser no longer knows your phrase or your choices. Your phrase brings you back. If others use this device, please close the window too, so that nobody can go back to what you typed."
	tellSignedOut      = "Every browser that held your key has forgotten it, this one too. Your phrase brings you back."
	tellErasedOne      = "This post is erased: its words, its earlier wordings and the sign that it was yours. Copies that the search keeps are cleared within a week."
	tellErasedAll      = "Everything you wrote here is erased, and this browser no longer knows your phrase. If you ever want to write again, that is a new start with a new phrase."
	tellErasingQuietly = "Your posts are being erased one thread at a time, at odd moments over the next six hours. Your list counts down."
	tellErasingMore    = "You can close this page. If this site had to restart without warning in the meantime, something could be left: please come back tomorrow and look. What you write from now on is not part of it."
	tellLetGo          = "You have let go of this thread. What you wrote stays up, and nobody can tie it to you any more, not even you with your phrase."
	tellAppealWaits    = "It waits for somebody who hasn't read it before, so it can take a little longer than the first time."
	tellChoose         = "Please choose one of the possibilities."
)

// toneOfAsk is what the reply form says first, by what the author asked for.
var toneOfAsk = map[string]string{
	"listening": "The writer asked for somebody to listen. Saying that you read it, and what you heard, is enough.",
	"similar":   "The writer would like to hear from people who have been there. Your own story helps more than a plan.",
	"ideas":     "The writer is open to ideas. What helped you, told as your own experience, is welcome.",
	"no-reply":  "The writer needs no reply. You can still leave one, or a quiet “with you”.",
}

// reactionText tells a reader what became of their reaction.
func reactionText(kind string, there bool, name string) string {
	if !there {
		return name + " no longer sees it."
	}
	switch kind {
	case "been-there":
		return name + " will see that somebody here has been there too. Nobody else sees it, and nobody counts."
	case "with-you":
		return name + " will see that you are with them. Nobody else sees it, and nobody counts."
	}
	return name + " will see your thanks. It stays between the two of you."
}

// Words at the top of pages.
const (
	textFront      = "Stories of people who live through something, and answers from people who know it. Everything here was read by a volunteer before it went up. You need no account to read or to write."
	textUnanswered = "These people have not had an answer yet, those who wait longest first. A few words are enough; “I read this, and I know it” is an answer."
	textTakenBack  = "A thread taken back by its writer"
)

// What the privacy page says. Each sentence is something the program does or
// cannot do; nothing in it is a hope.
var (
	privacyKept = []string{
		"Your words, in the form that is up. Earlier wordings go when a newer one is up; what you wrote before a volunteer covered a detail stays for 30 days, for you alone; what you take back goes at once; what was not put up goes 30 days after the decision; what was returned and never answered after 90 days.",
		"The day of writing, never the hour. While a post waits to be read, the time it arrived is kept so that nobody waits unseen, and goes with the decision.",
		"With each thread, a sign that only your phrase and that thread can make. It proves that a post is yours. Signs of two threads have nothing in common, so a copy of our database does not tell that two threads have one writer.",
		"What a volunteer decided and by which guideline, without your words.",
		"If you ticked that it is your first time writing here: a mark on that one thread, for volunteers, until somebody has answered and for 90 days at most.",
	}
	privacyNotKept = []string{
		"No account, no e-mail, no name, no phone number.",
		"No address of your connection and no description of your browser, neither in the database nor in the log. To keep floods out, a scrambled form of the network you come from is counted in memory for ten minutes.",
		"Nothing that you read, search for or leave unfinished. No page asks any other site for anything.",
		"Not a draft either. In a browser that runs scripts, the page sends this site what you have written so far, to tell you if it holds something that could point to you, or that help lines are there. It is read in memory and forgotten with the answer.",
		"Reading leaves no cookie, unless you ask this browser to remember a choice. Opening the form to write, or pressing a reaction, leaves one that holds a key, sealed, until the browser is closed or for five weeks, as you choose. “Leave quickly” leaves one for five minutes.",
	}
	privacyNotHeld = []string{
		"Somebody who secretly controls the running server can see what is sent to it while they do.",
		"The way you write. Someone who knows your writing well may know it here.",
		"What you tell. A town, a date and a job together can be enough.",
		"Your own device: who shares it, what is installed on it, what its history shows.",
		"Copies that a reader makes of what is up.",
	}
	privacyYourSide = []string{
		"Write your phrase on paper. Whoever has it can act as you here; without it nobody can, and nobody can give it back to you.",
		"“Leave quickly” at the top closes the page, and removes a draft that you asked this browser to keep. A private window or Tor Browser keeps this site out of the history.",
		"On the page of your posts you can change, take back, export and erase whatever you wrote.",
		"Letting go of a thread cuts the tie between you and what you wrote there, for good. After that you can't change, export or erase it.",
	}
)

// prompts are three plain ways to begin a reply.
var prompts = []string{
	"What I heard in your words …",
	"My own experience was …",
	"A question, if you'd like one …",
}

// tellAdvice is the gentle hint beside a reply that sounds like advice.
const tellAdvice = "This sounds a little like advice (%s). Many people hear it better as your own experience: “what helped me was …”. It's your choice; you can send it as it is."

// tellDetails is the gentle hint beside words that could point to someone.
const tellDetails = "This seems to hold %s. People could find you, or somebody else, by it. You may want to leave it out; a volunteer looks at it either way."

// listed joins words as a person says them: "a, b and c".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
