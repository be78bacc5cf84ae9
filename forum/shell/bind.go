package shell

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
)

// maxPairs is how many fields a form may have; the largest of ours has some
// forty.
const maxPairs = 300

const unreadable = "There are characters in here that we cannot read. They are taken out below; please look it over and send it again."

// Bind reads a form into the struct that form points to, from
// application/x-www-form-urlencoded or from JSON. Both name a field by its json
// tag. Fields are string, bool, int or []string (a field sent several times);
// embedded structs count as their fields. Unknown fields are ignored.
//
// On an Invalid fault the struct holds what could be read, so that the form can
// come back with the words in it. Other content types are refused with 415. An
// empty body without a type is an empty form.
func Bind(c *fiber.Ctx, form any) error {
	body := c.Request().Body()
	switch media := mediaType(&c.Request().Header); {
	case media == "" && len(body) == 0:
		return nil
	case !utf8Charset(&c.Request().Header):
		return refusal(fasthttp.StatusUnsupportedMediaType, "Please send this as UTF-8.")
	case isForm(&c.Request().Header):
		return bindForm(string(body), form)
	case media == "application/json":
		return bindJSON(body, form)
	}
	return refusal(fasthttp.StatusUnsupportedMediaType, "Please send this as a plain form or as JSON.")
}

// utf8Charset tells whether the content type names no charset or UTF-8.
func utf8Charset(h *fasthttp.RequestHeader) bool {
	_, charset, named := strings.Cut(strings.ToLower(string(h.ContentType())), "charset=")
	return !named || strings.HasPrefix(strings.TrimLeft(charset, `"`), "utf-8")
}

func bindJSON(body []byte, form any) error {
	valid := utf8.Valid(body)
	if err := json.Unmarshal([]byte(strings.ToValidUTF8(string(body), "")), form); err != nil {
		return &fault.Error{Kind: fault.Invalid, Op: "shell.Bind", Tell: "We could not read that JSON.", Err: err}
	}
	trouble := map[string]string{}
	each(reflect.ValueOf(form).Elem(), func(name string, field reflect.Value) { clean(name, field, trouble) })
	if !valid && len(trouble) == 0 {
		return fault.New(fault.Invalid, "shell.Bind", unreadable)
	}
	return fault.Fields("shell.Bind", trouble)
}

func bindForm(body string, form any) error {
	if strings.Count(body, "&") >= maxPairs {
		return fault.New(fault.Invalid, "shell.Bind", "That form has more fields than any of ours.")
	}
	values, err := url.ParseQuery(body) // gives what it could read beside the error
	trouble := map[string]string{}
	each(reflect.ValueOf(form).Elem(), func(name string, field reflect.Value) {
		if sent := values[name]; len(sent) > 0 {
			fill(name, field, sent, trouble)
			clean(name, field, trouble)
		}
	})
	if err != nil && len(trouble) == 0 {
		return fault.New(fault.Invalid, "shell.Bind", "We could not read all of that form. Please look it over and send it again.")
	}
	return fault.Fields("shell.Bind", trouble)
}

// each visits the fields that a form can fill, by the name in their json tag.
func each(form reflect.Value, visit func(name string, field reflect.Value)) {
	for i := range form.NumField() {
		kind := form.Type().Field(i)
		name, _, _ := strings.Cut(kind.Tag.Get("json"), ",")
		switch {
		case kind.Anonymous && kind.Type.Kind() == reflect.Struct && name == "":
			each(form.Field(i), visit)
		case name != "" && name != "-" && kind.IsExported():
			visit(name, form.Field(i))
		}
	}
}

// fill sets one field from the values of a form.
func fill(name string, field reflect.Value, sent []string, trouble map[string]string) {
	switch field.Kind() {
	case reflect.String:
		field.SetString(sent[0])
	case reflect.Bool:
		field.SetBool(sent[0] != "" && sent[0] != "0" && sent[0] != "false" && sent[0] != "off" && sent[0] != "no")
	case reflect.Int, reflect.Int64:
		number, err := strconv.ParseInt(sent[0], 10, 64)
		if err != nil && sent[0] != "" {
			trouble[name] = "Please write this as a number."
		}
		field.SetInt(number)
	case reflect.Slice:
		list := reflect.MakeSlice(field.Type(), len(sent), len(sent))
		for i, one := range sent {
			list.Index(i).SetString(one)
		}
		field.Set(list)
	}
}

// clean takes invalid UTF-8 and NUL out of the strings of a field, and says so.
func clean(name string, field reflect.Value, trouble map[string]string) {
	switch field.Kind() {
	case reflect.String:
		if text := field.String(); !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			field.SetString(strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", ""))
			trouble[name] = unreadable
		}
	case reflect.Slice:
		for i := range field.Len() {
			clean(name, field.Index(i), trouble)
		}
	}
}
