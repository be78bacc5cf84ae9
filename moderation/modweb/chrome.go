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

// isGreeter tells who is here to greet newcomers and sees nothing that waits.
func isGreeter(who moderation.Staff) bool { return who.Role == account.Welcomer }

func isLead(who moderation.Staff) bool { return who.Role == account.Lead }
