package moderation

// FirstGuidelines are the rules that a new house begins with. They thank
// first, give one reason in plain words and always leave a way back.
func FirstGuidelines() []Guideline {
	return []Guideline{
		{
			Rule: "personal-details", Title: "Nobody can be found from a post",
			Text:         "Leave out what could point to you or to anybody else: full names, addresses, workplaces, schools, handles, numbers. Your story holds without them.",
			ReturnDraft:  "Thank you for writing this. There is a detail in it that could point to somebody. Could you put it more openly, such as 'my town' or 'where I work'? Everything else can stay.",
			DeclineDraft: "Thank you for trusting us with this. We haven't put it up, because it tells too closely who somebody is. What it did to you belongs here; if you'd like to write that part, we'll look out for it.",
		},
		{
			Rule: "method", Title: "No ways of hurting oneself",
			Text:         "Write about how it feels, and leave out how, with what and how much. Somebody who reads it tonight may be looking for exactly that.",
			ReturnDraft:  "Thank you for telling this. One part says how, and that can be dangerous for others who read along. Could you leave that part out? How it felt can all stay.",
			DeclineDraft: "Thank you for telling us. We haven't put this up, because it says how. We would be glad to read how it is for you without that part, and the help lines on this page answer now.",
		},
		{
			Rule: "safety", Title: "When you may not be safe",
			Text:         "What is written in acute danger is not put up while the danger lasts, because strangers cannot hold it. It is answered with help first, and your words are kept for you.",
			ReturnDraft:  "Thank you for telling us how bad it is. Before this goes up, we would like you to have somebody with you in it. These people can talk or text straight away.",
			DeclineDraft: "Thank you for telling us. We are worried about you. Nobody here can come to you or call you, but the people on this page can talk or text with you now. Your words are kept, and you can send them again at any time.",
		},
		{
			Rule: "kindness", Title: "No words against each other",
			Text:         "Say what something did to you. Leave out insults, threats and contempt for a person or a group, also for those who hurt you.",
			ReturnDraft:  "Thank you for writing. The part about the other person reads as an attack, and it is easily answered by one. Could you say what it did to you instead?",
			DeclineDraft: "We haven't put this up, because it turns against somebody here. If you write what happened and how it was for you, we'll gladly read it.",
		},
		{
			Rule: "advice", Title: "Own experience, no prescriptions",
			Text:         "Tell what helped you. Leave out diagnoses, doses and telling others to stop a medicine or a treatment.",
			ReturnDraft:  "Thank you for wanting to help. One part tells somebody what to take or to stop. Could you turn it into what it was like for you?",
			DeclineDraft: "We haven't put this up, because following it could harm somebody whose story we don't know. What you went through yourself would be welcome.",
		},
		{
			Rule: "third-person", Title: "Somebody who cannot answer here",
			Text:         "Write about your part of it. What somebody else did can be said; who they are, and accusations that they cannot answer, cannot.",
			ReturnDraft:  "Thank you for writing this. It says a lot about somebody who can't answer here. Could you write it from your side?",
			DeclineDraft: "We haven't put this up, because it names a person who can't answer here. What it did to you belongs here; if you'd like to write that part, we'll look out for it.",
		},
		{
			Rule: "contact", Title: "No contact, no selling, no research",
			Text:         "This is a place in the open, so that somebody can always look after everybody. Leave out ways to get in touch elsewhere, offers, recruiting and links.",
			ReturnDraft:  "Thank you for writing. Please leave out the way to get in touch; here, everything is said in the thread.",
			DeclineDraft: "We haven't put this up, because it asks people to go elsewhere or offers them something. Your own experience would be welcome.",
		},
		{
			Rule: "unclear", Title: "We could not read this as one of us",
			Text:         "Sometimes a text is empty, the same as another, or in a language that none of our volunteers reads yet.",
			ReturnDraft:  "Thank you for writing. We could not quite read this. Could you send it once more in other words?",
			DeclineDraft: "We could not read this well enough to put it up. If you think that we have misread it, another volunteer will take a fresh look.",
		},
	}
}
