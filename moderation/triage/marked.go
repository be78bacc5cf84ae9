package triage

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readMarked reads marked texts in the form that the first sign tells.
func readMarked(in *bufio.Reader) ([]markedText, error) {
	for {
		first, err := in.Peek(1)
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, unreadable("The file could not be read.", err)
		}
		switch first[0] {
		case ' ', '\n', '\r', '\t':
			_, _ = in.ReadByte()
		case '{':
			return readLines(in)
		default:
			return readTable(in)
		}
	}
}

// readLines reads one JSON object after the other.
func readLines(in io.Reader) ([]markedText, error) {
	var texts []markedText
	for lines := json.NewDecoder(in); ; {
		var line struct {
			Text  string `json:"text"`
			Spans []struct {
				Class string `json:"class"`
				Words string `json:"words"`
				Start int    `json:"start"`
				End   int    `json:"end"`
			} `json:"spans"`
		}
		if err := lines.Decode(&line); errors.Is(err, io.EOF) {
			return texts, nil
		} else if err != nil {
			return nil, unreadable(fmt.Sprintf("Object %d is not JSON with text and spans.", len(texts)+1), err)
		}
		m := markedText{Text: line.Text}
		for _, s := range line.Spans {
			class, err := classOf(s.Class)
			if err != nil {
				return nil, err
			}
			from, to := byteAt(m.Text, s.Start), byteAt(m.Text, s.End)
			switch {
			case s.Words != "":
				from, to = m.place(s.Words)
			case s.Start == 0 && s.End == 0: // neither words nor places
				to = len(m.Text)
			}
			m.Spans = append(m.Spans, span{class, from, to})
		}
		texts = append(texts, m)
	}
}

// readTable reads CSV.
func readTable(in io.Reader) ([]markedText, error) {
	rows := csv.NewReader(in)
	rows.FieldsPerRecord, rows.LazyQuotes = -1, true
	all, err := rows.ReadAll()
	if err != nil {
		return nil, unreadable("The file is not readable as CSV.", err)
	}
	column := func(name string) int {
		return slices.IndexFunc(all[0], func(c string) bool { return strings.EqualFold(strings.Trim(c, "\ufeff \t"), name) })
	}
	text, label, words := column("text"), column("label"), column("words")
	if text < 0 || label < 0 {
		return nil, unreadable("The first row of the file names the columns text and label, or each line is a JSON object.", nil)
	}
	var texts []markedText
	for _, row := range all[1:] {
		if max(text, label) >= len(row) {
			continue
		}
		m := markedText{Text: row[text]}
		for _, name := range strings.Split(row[label], "|") {
			class, err := classOf(name)
			if err != nil {
				return nil, err
			}
			from, to := 0, len(m.Text)
			if words >= 0 && words < len(row) && row[words] != "" {
				from, to = m.place(row[words])
			}
			if class != "" {
				m.Spans = append(m.Spans, span{class, from, to})
			}
		}
		texts = append(texts, m)
	}
	return texts, nil
}

// place finds words in the text, behind an equal mark if there is one. Words
// that do not occur are a mark that nothing can find.
func (m markedText) place(words string) (from, to int) {
	after := 0
	for _, s := range m.Spans {
		if s.End <= len(m.Text) && s.Start <= s.End && m.Text[s.Start:s.End] == words {
			after = s.End
		}
	}
	i := strings.Index(m.Text[after:], words)
	if i < 0 {
		return len(m.Text), len(m.Text)
	}
	return after + i, after + i + len(words)
}

// byteAt gives the byte at which character n begins.
func byteAt(text string, n int) int {
	for i := range text {
		if n <= 0 {
			return i
		}
		n--
	}
	return len(text)
}

// classNames are kinds of details in files made elsewhere.
var classNames = map[string]string{
	"none": "", "": "",
	"email": ClassDirect, "e-mail": ClassDirect, "phone": ClassDirect, "url": ClassDirect, "link": ClassDirect, "handle": ClassDirect, "username": ClassDirect, "invite": ClassDirect, "iban": ClassDirect, "card": ClassDirect, "payment": ClassDirect, "postcode": ClassDirect, "address": ClassDirect, "id": ClassDirect, "ip": ClassDirect,
	"name": ClassName, "person": ClassName,
	"school": ClassPlace, "employer": ClassPlace, "organisation": ClassPlace, "organization": ClassPlace, "hospital": ClassPlace, "clinic": ClassPlace, "ward": ClassPlace,
	"town": ClassWhen, "city": ClassWhen, "place": ClassWhen, "location": ClassWhen, "date": ClassWhen, "age": ClassWhen,
}

// classOf reads the class of a mark.
func classOf(name string) (string, error) {
	name = strings.TrimSpace(name)
	if len(name) == 1 && name >= ClassDirect && name <= ClassHidden {
		return name, nil
	}
	class, ok := classNames[strings.ToLower(name)]
	if !ok {
		return "", unreadable(fmt.Sprintf("There is no class %q: a class is a letter from A to F or the name of a kind.", name), nil)
	}
	return class, nil
}
