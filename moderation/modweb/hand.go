package modweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// claimForm names a claim by its token.
type claimForm struct {
	Token string `json:"token"`
}

// claimed is what the room does with a claim.
type claimed func(ctx context.Context, who moderation.Staff, item moderation.ItemID, token moderation.Token) error

// postPass gives the item to somebody else, without a reason.
func (d *Door) postPass(c *fiber.Ctx, who moderation.Staff) error {
	return d.withClaim(c, who, d.Room.Pass, func() error { return d.back(c, "passed") })
}

// postRelease gives the item back, for when the page is left.
func (d *Door) postRelease(c *fiber.Ctx, who moderation.Staff) error {
	return d.withClaim(c, who, d.Room.Release, func() error { return d.back(c, "released") })
}

// postRenew keeps the claim for another ten minutes.
func (d *Door) postRenew(c *fiber.Ctx, who moderation.Staff) error {
	return d.withClaim(c, who, d.Room.Renew, func() error {
		if shell.WantsJSON(c) {
			return c.SendStatus(fiber.StatusNoContent)
		}
		return c.Redirect("/desk/items/"+c.Params("item"), fiber.StatusSeeOther)
	})
}

// withClaim does something with the claim that a form names.
func (d *Door) withClaim(c *fiber.Ctx, who moderation.Staff, do claimed, then func() error) error {
	id := moderation.ItemID(c.Params("item"))
	var form claimForm
	if err := shell.Bind(c, &form); err != nil {
		return err
	}
	err := do(c.UserContext(), who, id, moderation.Token(form.Token))
	if fault.Is(err, fault.Conflict) {
		return d.conflict(c, who, id, err, decideForm{Token: form.Token})
	}
	if err != nil {
		return err
	}
	return then()
}
