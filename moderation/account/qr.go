package account

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"

	"beenthere/forum/fault"
)

const quiet = 4 // modules of white around a code, ISO/IEC 18004

// QR draws the otpauth URI of NewTOTP as a square SVG element for the page on
// which an authenticator app is paired. It holds no style, script or id, so
// that the strictest content policy shows it; the page gives it a size through
// its own style sheet. It holds the secret: no cache may keep the page.
func QR(uri string) (svg string, err error) {
	code, err := qr.Encode(uri, qr.M, qr.Unicode)
	if err != nil {
		return "", fault.Wrap(fault.Internal, "account.QR", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := range size {
			if code.At(x, y) == color.Black {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %[1]d %[1]d" shape-rendering="crispEdges" role="img" aria-label="Code for your authenticator app">`+
		`<path fill="#fff" d="M0 0h%[1]dv%[1]dH0z"/><path fill="#000" d="%[2]s"/></svg>`, size+2*quiet, path.String()), nil
}
