package modweb

import (
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

// deskChrome is what the layout needs of a page for somebody who is signed in.
func deskChrome(title, path string) shell.Chrome {
	return shell.Chrome{Title: title, Path: path, Scripts: []string{"desk.js"}}
}

func isLead(who moderation.Staff) bool { return who.Role == account.Lead }
