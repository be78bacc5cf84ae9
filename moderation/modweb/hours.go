package modweb

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// hoursPage is where leads say when volunteers are at the desk.
type hoursPage struct {
	shell.Chrome
	Zone    string     `json:"zone"` // the place whose clock is meant; "" is UTC
	Days    []dayHours `json:"days"` // from Monday on
	Told    string     `json:"-"`
	Trouble *trouble   `json:"-"`
}

// Template names the page's file.
func (hoursPage) Template() string { return "hours" }

// dayHours are the hours of one day, as "08:30"; both "" when nobody is there.
type dayHours struct {
	Day  string `json:"day"`
	From string `json:"from"`
	To   string `json:"to"`
}

// hoursForm has the place, and the times of Monday to Sunday.
type hoursForm struct {
	Zone string   `json:"zone"`
	From []string `json:"from"`
	To   []string `json:"to"`
}

func (d *Door) getHours(c *fiber.Ctx, _ moderation.Staff) error {
	hours, err := d.Room.Hours(c.UserContext())
	if err != nil {
		return err
	}
	page := hoursPageOf(hours)
	if c.Query("told") != "" {
		page.Told = "The clocks follow these hours now. What waits already keeps its times."
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func hoursPageOf(hours moderation.Hours) hoursPage {
	page := hoursPage{Chrome: deskChrome("When volunteers are here", "/desk"), Zone: hours.Zone}
	for day, span := range hours.Days {
		one := dayHours{Day: time.Weekday((day + 1) % 7).String()}
		if span.From != span.To {
			one.From, one.To = clockText(span.From), clockText(span.To%dayMinutes)
		}
		page.Days = append(page.Days, one)
	}
	return page
}

const dayMinutes = 24 * 60

func clockText(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }

func (d *Door) postHours(c *fiber.Ctx, who moderation.Staff) error {
	var form hoursForm
	err := shell.Bind(c, &form)
	var hours moderation.Hours
	if err == nil {
		hours, err = form.hours()
	}
	if err == nil {
		err = d.Room.SetHours(c.UserContext(), who, hours)
	}
	return d.kept(c, err, "/desk/hours?told=1", func(bad error) (shell.Page, error) {
		page := hoursPageOf(moderation.Hours{Zone: form.Zone})
		for day := range page.Days {
			page.Days[day].From, page.Days[day].To = at(form.From, day), at(form.To, day)
		}
		page.Trouble = troubleOf(bad)
		return page, nil
	})
}

// hours reads the times of the form.
func (f hoursForm) hours() (h moderation.Hours, err error) {
	wrong := fault.Fields("modweb.hours", map[string]string{"hours": "Please give both times of a day, in whole and half hours, or neither."})
	h.Zone = strings.TrimSpace(f.Zone) // phones put a blank behind a word
	for day := range h.Days {
		from, to := at(f.From, day), at(f.To, day)
		if from == "" && to == "" {
			continue
		}
		begin, err := time.Parse("15:04", from)
		if err != nil {
			return h, wrong
		}
		end, err := time.Parse("15:04", to)
		if err != nil {
			return h, wrong
		}
		h.Days[day] = moderation.Span{From: begin.Hour()*60 + begin.Minute(), To: end.Hour()*60 + end.Minute()}
		if end.Equal(begin) {
			h.Days[day].To += dayMinutes
		}
	}
	return h, nil
}

func at(times []string, day int) string {
	if day < len(times) {
		return times[day]
	}
	return ""
}
