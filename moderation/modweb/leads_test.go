package modweb_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

// Every page that is there for reading shows without trouble, with and without
// something on it.
func TestEveryPageShows(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	for range 2 {
		for _, route := range h.shell.Routes() {
			if route.Method == "GET" && strings.HasPrefix(route.Pattern, "/desk") && !strings.Contains(route.Pattern, ":") && route.Pattern != "/desk/live" {
				b.page(route.Pattern).want(200).has("<h1>")
				b.get(route.Pattern).want(200).fields()
			}
		}
		h.send("A long winter", "I still set the table for two.")
		h.send("Another night", "I want to die and I do not know who to tell.")
		h.must(h.room.Tidy(t.Context()))
		i := b.next()
		b.post("/desk/items/"+i.Item+"/decide", i.json("return", "reason", "unclear", "words", "Could you say more?")).want(200)
		b.post("/desk/guidelines", map[string]any{"rule": "unclear", "title": "Clear enough", "text": "Any English is good enough."}).want(204)
		h.pass(20 * time.Second)
	}
	b.page("/desk/figures").has(`class="plot-soon"`, "<rect", "So that we understand you").hasNot("NaN")
	b.page("/desk/guidelines").has("<ins>", "It can come into force in 14 days")
	b.page("/desk/audit").has("return", "enrol")
}

func TestListAndClaim(t *testing.T) {
	h := open(t)
	b, jo := h.staff("maren", account.Lead), h.staff("jo", account.Moderator)
	h.send("A long winter", "I still set the table for two.")
	soon := h.send("Another night", "I want to die and I do not know who to tell.")
	page := b.page("/desk/list").want(200).has("Routine", "Soon").hasNot("table for two", "A long winter")
	if strings.Count(page.body, "/claim") != 2 {
		t.Error("not two items")
	}
	b.page("/desk/list?lane=nowhere").want(422)
	var list struct{ Items []item }
	b.get("/desk/list?lane=soon&state=free").want(200).into(&list)
	if len(list.Items) != 1 {
		t.Fatalf("%+v", list)
	}
	at := "/desk/items/" + list.Items[0].Item
	b.follow(b.form(at+"/claim", nil)).want(200).has("Another night")
	b.get("/desk/list?state=claimed").has(list.Items[0].Item)
	if i := jo.next(); i.Post == string(soon.id) {
		t.Error("given to two people")
	}
	jo.form(at+"/claim", nil).want(409)
}

func TestPeople(t *testing.T) {
	h := open(t)
	b, jo := h.staff("maren", account.Lead), h.staff("jo", account.Moderator)
	page := b.form("/desk/people", map[string]string{"name": "Alex", "role": "moderator"}).want(201).has("/desk/invite/", "The link for Alex")
	b.page("/desk/people").hasNot("/desk/invite/")
	_, link, _ := strings.Cut(page.body, "http://desk.test")
	link, _, _ = strings.Cut(link, "<")
	h.stranger().page(link).want(200).has("Welcome, Alex")
	b.form("/desk/people", map[string]string{"name": "jo", "role": "moderator"}).want(422).has("here already", `value="jo"`)

	var people struct {
		People []struct{ ID, Name string }
	}
	b.get("/desk/people").into(&people)
	id := map[string]string{}
	for _, p := range people.People {
		id[p.Name] = p.ID
	}
	b.form("/desk/people/"+id["maren"], map[string]string{"what": "role", "role": "moderator"}).want(409).has("This is the last lead")
	b.form("/desk/people/"+id["jo"], map[string]string{"what": "sign-out"}).want(303)
	jo.page("/desk").want(303)
}

func TestTopicsAndGuidelines(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	b.follow(b.form("/desk/topics", map[string]string{"what": "topic", "slug": "sleep", "title": "Sleep", "about": "Nights"})).has("Sleep", "Nights")
	b.form("/desk/topics", map[string]string{"what": "topic", "slug": "No Slug", "title": "x"}).want(422)
	b.form("/desk/guidelines", map[string]string{"rule": "unclear", "title": "", "text": "Kept words."}).want(422).has("Kept words.")
	b.form("/desk/guidelines", map[string]string{"rule": "unclear", "title": "Clear", "text": "New words."}).want(303)
	b.form("/desk/guidelines/unclear/adopt", map[string]string{"version": "2"}).want(409)
	h.pass(15 * 24 * time.Hour)
	b, _ = h.enrol("jo", account.Lead)
	b.form("/desk/guidelines/unclear/adopt", map[string]string{"version": "2"}).want(303)
	b.page("/desk/guidelines").has("New words.")
}

// A paused author cannot write, and nobody has learned who that is.
func TestPauseAndLock(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	p := h.send("A long winter", "I still set the table for two.")
	i := b.next()
	b.page("/desk/items/" + i.Item).has("/desk/authors?post=" + i.Post)
	b.post("/desk/items/"+i.Item+"/decide", i.json("approve")).want(200)
	b.page("/desk/authors?post="+i.Post+"&thread="+string(p.thread)).want(200).has("/pause", "/desk/care?thread="+string(p.thread))
	b.form("/desk/posts/"+i.Post+"/pause", map[string]string{"days": "90"}).want(422).has("between 1 and 14")
	b.form("/desk/posts/"+i.Post+"/pause", map[string]string{"days": "3"}).want(303)
	if _, err := h.forum.Submit(t.Context(), p.who, forum.Place{Thread: "t", Post: "p"}, forum.Draft{Topic: "grief", Title: "Again", Body: "I write again and again."}); err == nil {
		t.Error("a paused author writes")
	}
	b.form("/desk/posts/"+i.Post+"/lift", nil).want(303)
	b.form("/desk/posts/"+i.Post+"/exclude", map[string]string{"days": "30"}).want(422)
	b.form("/desk/posts/"+i.Post+"/exclude", map[string]string{"days": "30", "reason": "Threats."}).want(303)
	b.page("/desk/authors").want(200).has("was the only lead", "30 days: Threats.").hasNot("Confirm it")
	b.form("/desk/posts/nowhere/pause", map[string]string{"days": "3"}).want(409)
	b.form("/desk/threads/"+string(p.thread)+"/lock", map[string]string{"locked": "1"}).want(303)
	thread, err := h.forum.Thread(t.Context(), p.thread)
	h.must(err)
	if state := thread.Posts[0].ThreadState; state != "locked" {
		t.Errorf("the thread is %s", state)
	}
}

func TestSettings(t *testing.T) {
	h := open(t)
	b, e := h.enrol("maren", account.Moderator)
	b.form("/desk/settings/limits", map[string]string{"sitting_minutes": "500"}).want(422).has(`value="500"`, "between 1 and")
	b.follow(b.form("/desk/settings/limits", map[string]string{"sitting_minutes": "60"})).want(200).has(`value="60"`, "Kept. It counts")
	b.page("/desk/settings").has(`value="60"`).hasNot("Kept. It counts")

	b.form("/desk/settings/subjects", map[string]string{"subjects": "topic:grief"}).want(303)
	b.page("/desk/settings").has(`value="topic:grief" checked`, "Topics, 1 left out", "Says they are not safe with themselves").hasNot("Experiences, ", "not-safe<")
	h.send("A long winter", "I still set the table for two.")
	b.post("/desk/next", map[string]any{}).want(204)
	b.form("/desk/settings/subjects", map[string]string{"subjects": "anything"}).want(422)

	h.pass(time.Minute)
	other, right := h.stranger(), code(t, e.Secret, h.now())
	other.form("/desk/sign-in", map[string]string{"name": "maren", "password": password, "code": right}).want(303)
	h.pass(time.Minute)
	form := map[string]string{"old": password, "code": code(t, e.Secret, h.now()), "password": "another four quiet words"}
	b.form("/desk/settings/password", map[string]string{"old": "not the old one", "code": "000000", "password": "another four quiet words"}).want(422).
		has("Your password is as it was", `href="#old"`, `<details open><summary>Change it`, `aria-describedby="old-wrong"`)
	b.form("/desk/settings/password", map[string]string{"old": password, "code": form["code"], "password": "short"}).want(422).
		has(`href="#password"`, `aria-describedby="password-hint password-wrong"`)
	b.form("/desk/settings/password", form).want(200).has("Your new recovery codes").hasNot("another four quiet words")
	other.page("/desk").want(303)
	b.page("/desk").want(200)
}

// After their limits a reader is offered rest, and the desk keeps its words.
func TestRest(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	b.form("/desk/settings/limits", map[string]string{"heavy_in_a_row": "1"}).want(303)
	for range 2 {
		h.send("Another night", "I want to die and I do not know who to tell.")
	}
	i := b.next()
	b.post("/desk/items/"+i.Item+"/decide", i.json("approve")).want(200)
	b.form("/desk/next", nil).want(429).has("take a break")
	b.post("/desk/next", map[string]any{}).want(429)
}

func TestShiftAndHandover(t *testing.T) {
	h := open(t)
	b, jo := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	b.form("/desk/shift", map[string]string{"what": "start"}).want(303)
	jo.page("/desk").has("One volunteer is at the desk.")
	b.form("/desk/shift", map[string]string{"what": "end", "note": strings.Repeat("long ", 900)}).want(422).has("long long")
	b.follow(b.form("/desk/shift", map[string]string{"what": "end", "note": "A quiet evening."})).has("Your shift has ended")
	jo.page("/desk").has("A quiet evening.", "Nobody is at the desk")
	jo.follow(jo.form("/desk/shift", map[string]string{"what": "note", "note": "That one was hard."})).has("Your note is there", "That one was hard.")
}

func TestLookBackIsRecorded(t *testing.T) {
	h := open(t)
	b, lead := h.staff("jo", account.Moderator), h.staff("maren", account.Lead)
	h.send("A long winter", "I still set the table for two.")
	i := b.next()
	b.form("/desk/items/"+i.Item+"/look-back", map[string]string{"token": i.Token}).want(200).has("Nothing else.")
	b.form("/desk/items/"+i.Item+"/look-back", map[string]string{"token": "old"}).want(409)
	lead.page("/desk/audit").has("look-back")
}

// A link may bring a post along, and nothing that leads a press elsewhere.
func TestPauseTakesIdsAlone(t *testing.T) {
	b := open(t).staff("maren", account.Lead)
	for _, post := range []string{"../items/x/undo%3f", "..", "x", "//elsewhere.example/", "%22%3e%3cb%3e"} {
		b.page("/desk/authors?post="+post+"&thread="+post).want(200).hasNot("/pause", "/lock", "..", "elsewhere", "%3c")
	}
}

// Hours that leads give are kept as they were given, a night included; what is
// no time comes back.
func TestVolunteersHours(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	send := func(from, to []string) answer {
		q := url.Values{"zone": {"Europe/Lisbon "}, "from": from, "to": to}
		return b.do("POST", "/desk/hours", "application/x-www-form-urlencoded", "text/html", q.Encode())
	}
	b.page("/desk/hours").want(200).has("Monday", "Sunday").hasNot(`value="1`)
	send([]string{"18:00", "", "", "", "", "", "20:30"}, []string{"22:00", "", "", "", "", "", "02:00"}).want(303)
	b.page("/desk/hours").has(`value="18:00"`, `value="22:00"`, `value="20:30"`, `value="02:00"`)
	hours, err := h.room.Hours(t.Context())
	h.must(err)
	if hours.Zone != "Europe/Lisbon" || hours.Days[0].From != 18*60 || hours.Days[6].To != 2*60 || hours.Days[1].From != hours.Days[1].To {
		t.Fatalf("%v", hours)
	}
	for _, wrong := range [][2]string{{"18:00", ""}, {"late", "later"}, {"18:10", "22:00"}} {
		send([]string{wrong[0]}, []string{wrong[1]}).want(422).has("half hours")
	}
	b.do("POST", "/desk/hours", "application/x-www-form-urlencoded", "text/html", "zone=Lisboa&from=18:00&to=22:00").want(422).
		has(`value="Lisboa"`, `value="22:00"`, `id="zone-wrong"`, `<a href="#zone">`)
	send([]string{"", "00:00"}, []string{"", "00:00"}).want(303) // all of Tuesday
	b.page("/desk/hours").has(`value="00:00"`)
	if hours, err = h.room.Hours(t.Context()); err != nil || hours.Days[1] != (moderation.Span{To: 24 * 60}) {
		t.Fatalf("%v %v", hours, err)
	}
	send(nil, nil).want(303)
	if hours, err = h.room.Hours(t.Context()); err != nil || hours != (moderation.Hours{}) {
		t.Fatalf("%v %v", hours, err)
	}
}
