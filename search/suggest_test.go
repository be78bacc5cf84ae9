package search_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"beenthere/search"
)

// houseTags reads the experiences that a new house offers.
func houseTags(t *testing.T) (tags []search.Tag) {
	t.Helper()
	file, err := os.Open("../forum/experiences.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		switch key, value, _ := strings.Cut(lines.Text(), ": "); key {
		case "slug":
			tags = append(tags, search.Tag{Slug: value})
		case "title":
			tags[len(tags)-1].Title = value
		}
	}
	return tags
}

// What is told is suggested, and what would hurt to be asked is not.
func TestSuggestAmongAll(t *testing.T) {
	docs, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), docs...)
	tags := houseTags(t)
	for _, try := range []struct{ text, want, never string }{
		{"my father died", "lost-a-parent", "lost-someone-to-suicide lost-a-partner lost-a-child gambling lost-a-pet lost-a-friend"},
		{"I lost my dad in March and I can't sleep.", "lost-a-parent", "lost-someone-to-suicide gambling lost-a-pregnancy job-loss relapse"},
		{"Mum passed away. He never gambled, my father, he just sat there.", "lost-a-parent", "lost-someone-to-suicide lost-a-pet"},
		{"My dad is gone. He bet me I would not cry at the funeral. I lost the bet.", "", "lost-someone-to-suicide lost-a-pet lost-a-pregnancy"},
		{"My wife died in spring after forty years.", "lost-a-partner", "lost-a-parent lost-someone-to-suicide"},
		{"My brother killed himself two years ago.", "lost-someone-to-suicide", "lost-a-parent lost-a-child gambling"},
		{"my sister died", "lost-a-sibling", "lost-a-parent lost-someone-to-suicide lost-a-child"},
		{"our son died when he was four", "lost-a-child", "lost-a-parent lost-someone-to-suicide"},
		{"I had a miscarriage.", "lost-a-pregnancy", "lost-a-parent lost-someone-to-suicide"},
		{"our dog died on friday", "lost-a-pet", "lost-a-parent lost-someone-to-suicide"},
		{"I lost my job in the winter.", "job-loss", "lost-a-parent lost-someone-to-suicide gambling"},
		{"I lost my keys and my mother laughed.", "", "lost-someone-to-suicide lost-a-child gambling lost-a-sibling"},
		{"I had an anxiety attack in the shop.", "panic-attacks", "gambling"},
		{"I am wide awake every night. Insomnia.", "sleepless", "lost-a-parent"},
		{"I owe the bank more than I earn in a year.", "debt", "gambling"},
		{"I put my wages into slots and bets again.", "gambling", "lost-a-parent"},
		{"I feel so lonely here.", "loneliness", "new-country"},
		{"My husband has dementia.", "dementia", "lost-a-partner"},
		{"We are getting divorced.", "divorce", "parents-fighting"},
		{"I was bullied at school for years.", "bullied-at-school", "bullied-at-work"},
		{"My boss bullies me at work.", "bullied-at-work", "bullied-at-school"},
		{"I have cancer.", "cancer", "health-worry"},
		{"I was sexually assaulted.", "", "violence-at-home childhood-abuse"},
		{"I keep thinking about suicide.", "thoughts-of-suicide", "lost-someone-to-suicide survived-an-attempt"},
		{"i want to kill myself tonight, ive got the pills", "thoughts-of-suicide", "survived-an-attempt"},
		{"I don't want to live like this any more.", "thoughts-of-suicide", ""},
		{"My mum took her own life and I found her.", "lost-someone-to-suicide", "thoughts-of-suicide"},
		{"I came out to my grandmother.", "coming-out", "getting-better"},
		{"I cannot stop drinking.", "drinking", "drugs loves-someone-who-drinks"},
		{"I drink tea with my mother every sunday.", "", "lost-a-parent lost-someone-to-suicide"},
		{"I look after my mother.", "caring-for-a-parent", "lost-a-parent"},
		{"My mother is well and we are going on holiday.", "", "lost-a-parent caring-for-a-parent"},
		{"It rained on the garden.", "", "loneliness depression lost-a-parent"},
		{"He died in the film and I laughed with my sister.", "", "lost-someone-to-suicide lost-a-parent"},
		{"I worry all the time, it never stops.", "constant-worry", "health-worry"},
		{"The pain stays whatever I do.", "chronic-pain", ""},
		{"I am on the waiting list for therapy.", "therapy-and-waiting-lists", ""},
		{"I am so scared that I am ill.", "health-worry", ""},
		{"I never sleep any more", "sleepless", ""},
		{"I miscarried and lost the baby", "lost-a-pregnancy", "new-parent"},
		{"My best friend died.", "lost-a-friend", "losing-friends lost-someone-to-suicide"},
		{"My boyfriend cheated on me.", "being-cheated-on", ""},
		{"He was a violent man and it happened at home", "violence-at-home", "sexual-assault"},
		{"We have a new baby and I cry.", "new-parent", "lost-a-pregnancy lost-a-child"},
		{"I bet you know this: the exams are in June and I cry.", "exam-stress", "lost-a-parent"},
	} {
		got := room.Suggest("", try.text, tags)
		if try.want != "" && !slices.Contains(got, try.want) {
			t.Errorf("%q: got %v, want %s", try.text, got, try.want)
		}
		for _, never := range strings.Fields(try.never) {
			if slices.Contains(got, never) {
				t.Errorf("%q: got %v, which has %s", try.text, got, never)
			}
		}
	}
}
