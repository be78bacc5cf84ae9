package main

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// knowsTriage says which packages may know triage at all, and what for. The
// hall, which keeps every post and its state, is not among them.
var knowsTriage = map[string]string{
	"moderation":         "orders the queue, keeps and counts",
	"moderation/modweb":  "shows signals to volunteers",
	"workers":            "gives a post its place in the queue, calls volunteers",
	"forum/forumweb":     "shows help and the honest wait to the author",
	"search/searchweb":   "shows help above a heavy search",
	"cmd/beenthere":      "wires, measures",
	"cmd/beenthere/demo": "fills an empty house",
	"moderation/triage":  "is triage",
}

// movesAndReads says which files both change what becomes of a post and look at
// what triage found, and why that is no decision.
var movesAndReads = map[string]string{
	"moderation/appeal.go": "an appeal enters the queue in the lane of its post",
	"moderation/settle.go": "a person's decision; the lane tells which wait has ended",
	"moderation/undo.go":   "what is opened again enters the queue in its lane",
	"workers/sanitizer.go": "a post enters the queue in its lane",
}

// findings are what triage's findings are called in Go.
var findings = []string{"Lane", "Lanes", "Signals", "Weight", "OpeningLane", "lane", "signals", "weight"}

// moves are the steps of the hall that change what becomes of a post.
var moves = []string{"Publish", "Return", "Decline", "Mask", "Suggest", "Reopen", "SettlePublic", "TakeDown", "BringBack", "Unmask", "PublishAgain", "Withdraw", "Arrive"}

// stateSQL finds SQL that does the same.
var stateSQL = regexp.MustCompile(`(?i)\b(UPDATE|DELETE FROM|INSERT INTO) (revisions|posts|threads)\b`)

func TestWhoKnowsTriage(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "beenthere/")
		if slices.Contains(p.Imports, "beenthere/moderation/triage") && knowsTriage[name] == "" && name != beside {
			t.Errorf("%s knows triage; a lane or a signal orders, is shown or calls somebody, and decides nothing", name)
		}
	}
}

// No code that moves a post from one state to another asks what triage found.
func TestNoStepDependsOnASignal(t *testing.T) {
	seen := map[string]bool{}
	everyFile(t, func(name string, file *ast.File) {
		moved, read := false, false
		for _, d := range file.Decls {
			moved, read = moved || changes(d), read || mentions(d, nil)
			if f, ok := d.(*ast.FuncDecl); ok && changes(f) {
				for _, at := range dependsOnFindings(f) {
					t.Errorf("%s: %s changes what becomes of a post and asks %s, which triage found", name, f.Name.Name, at)
				}
			}
		}
		if seen[name] = moved && read; seen[name] && movesAndReads[name] == "" {
			t.Errorf("%s changes what becomes of a post and looks at what triage found: say above why that decides nothing", name)
		}
	})
	for name := range movesAndReads {
		if !seen[name] {
			t.Errorf("%s is listed and does not do both", name)
		}
	}
}

// everyFile parses the production code of the packages that know triage or
// keep posts.
func everyFile(t *testing.T, do func(name string, file *ast.File)) {
	for _, p := range packages(t) {
		pkg := strings.TrimPrefix(p.ImportPath, "beenthere/")
		if pkg != "forum" && (knowsTriage[pkg] == "" || pkg == "moderation/triage" || pkg == "cmd/beenthere/demo") {
			continue
		}
		for _, name := range p.GoFiles {
			file, err := goparser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, name), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			do(pkg+"/"+name, file)
		}
	}
}

// dependsOnFindings gives the conditions of a function that mention a finding,
// also under a name that was given to one before.
func dependsOnFindings(f *ast.FuncDecl) (at []string) {
	tainted := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		var condition ast.Node
		switch n := n.(type) {
		case *ast.AssignStmt:
			taint(n, tainted)
		case *ast.IfStmt:
			condition = n.Cond
		case *ast.SwitchStmt:
			condition = n
		case *ast.ForStmt:
			condition = n.Cond
		case *ast.RangeStmt:
			if name, ok := n.Value.(*ast.Ident); ok && mentions(n.X, tainted) {
				tainted[name.Name] = true
			}
		}
		if s, ok := condition.(*ast.SwitchStmt); ok {
			condition = s.Tag
			for _, c := range s.Body.List {
				for _, e := range c.(*ast.CaseClause).List {
					if mentions(e, tainted) {
						at = append(at, "in a case")
					}
				}
			}
		}
		if present(condition) && mentions(condition, tainted) {
			at = append(at, "in a condition")
		}
		return true
	})
	return at
}

// present reports whether there is a condition; a nil one has a type.
func present(n ast.Node) bool {
	e, ok := n.(ast.Expr)
	return ok && e != nil
}

// taint notes the names that are given a finding.
func taint(a *ast.AssignStmt, tainted map[string]bool) {
	for i, left := range a.Lhs {
		right := a.Rhs[min(i, len(a.Rhs)-1)]
		if name, ok := left.(*ast.Ident); ok && mentions(right, tainted) && name.Name != "err" {
			tainted[name.Name] = true
		}
	}
}

// mentions reports whether code looks at a finding.
func mentions(n ast.Node, tainted map[string]bool) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok {
			found = found || slices.Contains(findings, name.Name) || tainted[name.Name]
		}
		return true
	})
	return found
}

// changes reports whether code moves a post from one state to another.
func changes(n ast.Node) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			s, ok := n.Fun.(*ast.SelectorExpr)
			found = found || ok && slices.Contains(moves, s.Sel.Name) && isHall(s.X)
		case *ast.BasicLit:
			found = found || n.Kind == token.STRING && stateSQL.MatchString(n.Value)
		}
		return true
	})
	return found
}

// isHall reports whether a method is called on the hall.
func isHall(of ast.Expr) bool {
	s, ok := of.(*ast.SelectorExpr)
	return ok && strings.EqualFold(s.Sel.Name, "forum")
}

// The search for conditions finds those that somebody would write.
func TestADependingStepIsFound(t *testing.T) {
	for body, want := range map[string]bool{
		"return s.Forum.Arrive(result.Lane)":                                            false,
		"if result.Lane == triage.Now { return nil }; return s.Forum.Arrive()":          true,
		"heavy := result.Lane == triage.Now; if heavy { return nil }; s.Forum.Arrive()": true,
		"for _, one := range r.Signals { if one.Kind == x { s.Forum.Decline() } }":      true,
		"n := len(found.Signals); switch { case n > 3: s.Forum.Decline() }":             true,
		"if err := s.Forum.Arrive(); err != nil { return err }; keep(result.Lane)":      false,
	} {
		file, err := goparser.ParseFile(token.NewFileSet(), "", "package p\nfunc f() { "+body+" }", 0)
		if err != nil {
			t.Fatal(err)
		}
		f := file.Decls[0].(*ast.FuncDecl)
		if !changes(f) || (len(dependsOnFindings(f)) > 0) != want {
			t.Errorf("%s: %v", body, dependsOnFindings(f))
		}
	}
}
