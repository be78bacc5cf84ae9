package forum

import (
	"bufio"
	"fmt"
	"strings"
)

// Block is one entry of a text file that people keep: its keys and values.
type Block map[string]string

// Blocks reads such a file. Blocks are separated by blank lines, a line is
// "key: value", and # begins a comment. A line that is neither is an error
// with its number.
func Blocks(text string) ([]Block, error) {
	var blocks []Block
	current := Block{}
	end := func() {
		if len(current) > 0 {
			blocks = append(blocks, current)
			current = Block{}
		}
	}
	lines := bufio.NewScanner(strings.NewReader(text))
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		key, value, ok := strings.Cut(line, ": ")
		switch {
		case line == "":
			end()
		case strings.HasPrefix(line, "#"):
		case !ok || current[key] != "":
			return nil, fmt.Errorf("line %d is not a new \"key: value\"", number)
		default:
			current[key] = strings.TrimSpace(value)
		}
	}
	end()
	return blocks, lines.Err()
}
