package modweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
	"beenthere/moderation"
)

// auditPage is the log of what was done here. It holds ids and rules, never words.
type auditPage struct {
	shell.Chrome
	Lines []auditLine `json:"lines"`
	Next  int64       `json:"next"` // goes on before this number; 0 at the end
}

// Template names the page's file.
func (auditPage) Template() string { return "audit" }

type auditLine struct {
	moderation.AuditLine
	When string `json:"when"`
}

// auditLines is how many lines a page shows.
const auditLines = 100

func (d *Door) getAudit(c *fiber.Ctx, who moderation.Staff) error {
	before, _ := strconv.ParseInt(c.Query("before"), 10, 64) // anything else begins at the end
	lines, err := d.Room.Audit(c.UserContext(), who, before, auditLines)
	if err != nil {
		return err
	}
	page := auditPage{Chrome: deskChrome("What was done", "/desk"), Lines: []auditLine{}}
	for _, line := range lines {
		page.Lines = append(page.Lines, auditLine{line, d.when(line.Day)})
	}
	if len(lines) == auditLines {
		page.Next = lines[auditLines-1].Seq
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}
