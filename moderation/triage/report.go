package triage

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Print writes the report as tables.
func (r Report) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%d posts\n\nlane\tgiven\twanted\tright\tprecision\trecall\tF1\n", r.Posts)
	for _, s := range r.Lanes {
		s.print(t, string(s.Lane))
	}
	r.Severe.print(t, "now or soon, against ideation or worse")
	fmt.Fprintf(t, "\nother posts in now or soon\t%.1f %%\n", r.Raised*100)
	fmt.Fprintf(t, "\nsevere posts found in the first\tordered by triage\tas they arrived\n")
	for _, e := range r.Early {
		fmt.Fprintf(t, "%.0f %%\t%.1f %%\t%.1f %%\n", e.Part*100, e.Ordered*100, e.Arrival*100)
	}
	fmt.Fprintf(t, "\nlabel\tnow\tsoon\tcare\troutine\n")
	for _, row := range r.ByLabel {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\n", row.Label, row.Lanes[Now], row.Lanes[Soon], row.Lanes[Care], row.Lanes[Routine])
	}
	return t.Flush()
}

func (s LaneScore) print(w io.Writer, name string) {
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%.3f\t%.3f\t%.3f\n", name, s.Found, s.Wanted, s.Right, s.Precision, s.Recall, s.F1)
}
