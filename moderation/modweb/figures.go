package modweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// figuresPage shows how the desk is doing: lanes and rules, never a person.
type figuresPage struct {
	shell.Chrome
	moderation.Figures
	Plots []plot    `json:"-"`
	Waits []waitRow `json:"-"`
	Bars  []ruleRow `json:"-"`
}

// Template names the page's file.
func (figuresPage) Template() string { return "figures" }

func (d *Door) getFigures(c *fiber.Ctx, _ moderation.Staff) error {
	f, err := d.figuresNow(c.UserContext())
	if err != nil {
		return err
	}
	page := figuresPage{Chrome: deskChrome("Figures", "/desk/figures"), Figures: f, Waits: waitRows(f.Lanes), Bars: ruleRows(f.Rules)}
	today := forum.Day(d.Now())
	for _, lane := range f.Lanes {
		page.Plots = append(page.Plots, plotOf(lane, today))
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// A plot is drawn on a sheet of this many units, with room below for the axis.
const (
	plotDays   = 30
	plotWidth  = 300
	plotHeight = 80
)

// plot is what waited in one lane over the last days.
type plot struct {
	Lane    triage.Lane
	Most    int // the value at the upper edge
	Days    []moderation.DayFigures
	Waiting []bar
	Overdue []bar
}

// bar is a rectangle of a plot.
type bar struct{ X, Y, Width, Height float64 }

// plotOf draws one bar for each day, the last one being today.
func plotOf(lane moderation.LaneFigures, today int64) plot {
	p := plot{Lane: lane.Lane, Days: lane.Days}
	for _, day := range lane.Days {
		p.Most = max(p.Most, day.Waiting)
	}
	for _, day := range lane.Days {
		at := plotDays - 1 - (today - day.Day)
		if at < 0 || at >= plotDays || p.Most == 0 {
			continue
		}
		p.Waiting = append(p.Waiting, barAt(at, day.Waiting, p.Most))
		p.Overdue = append(p.Overdue, barAt(at, min(day.Overdue, day.Waiting), p.Most))
	}
	return p
}

func barAt(at int64, value, most int) bar {
	const each = plotWidth / plotDays
	high := plotHeight * float64(value) / float64(most)
	return bar{X: float64(at)*each + 1, Y: plotHeight - high, Width: each - 2, Height: high}
}

// waitRow is how long posts of a lane waited this month, with bars of 100 units.
type waitRow struct {
	Lane                  triage.Lane
	Median, P95, Oldest   string
	MedianShare, P95Share float64
	Waiting, Overdue      int
}

func waitRows(lanes []moderation.LaneFigures) (rows []waitRow) {
	var longest time.Duration
	for _, l := range lanes {
		longest = max(longest, l.P95)
	}
	for _, l := range lanes {
		row := waitRow{Lane: l.Lane, Waiting: l.Waiting, Overdue: l.Overdue}
		if l.Waiting > 0 {
			row.Oldest = moderation.InWords(l.Oldest)
		}
		if l.P95 > 0 {
			row.Median, row.P95 = moderation.InWords(l.Median), moderation.InWords(l.P95)
			row.MedianShare, row.P95Share = 100*float64(l.Median)/float64(longest), 100*float64(l.P95)/float64(longest)
		}
		rows = append(rows, row)
	}
	return rows
}

// ruleRow is how often a guideline was the reason, with a bar of 100 units.
type ruleRow struct {
	moderation.RuleFigures
	ReturnedShare, DeclinedShare float64
}

func ruleRows(rules []moderation.RuleFigures) (rows []ruleRow) {
	most := int64(1)
	for _, r := range rules {
		most = max(most, r.Returned+r.Declined)
	}
	for _, r := range rules {
		rows = append(rows, ruleRow{r, 100 * float64(r.Returned) / float64(most), 100 * float64(r.Declined) / float64(most)})
	}
	return rows
}
