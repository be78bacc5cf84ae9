package main

import (
	"os"

	"beenthere/forum/fault"
	"beenthere/forum/help"
	"beenthere/moderation/triage"
)

type triageCommand struct {
	Evaluate triageEvaluateCommand `cmd:"" help:"Measure the lanes on labelled texts (CSV with the columns text and label)."`
}

type triageEvaluateCommand struct {
	File string `arg:"" type:"existingfile"`
}

// Run prints precision, recall and F1 for each lane, and how early severe
// posts would be read.
func (c *triageEvaluateCommand) Run(t terminal) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fault.Wrap(fault.Invalid, "beenthere.triage", err)
	}
	defer file.Close()
	report, err := triage.Evaluate(file)
	if err != nil {
		return err
	}
	return report.Print(t.out)
}

type detailsCommand struct {
	Evaluate detailsEvaluateCommand `cmd:"" help:"Measure which personal details are found in texts with marked places."`
}

type detailsEvaluateCommand struct {
	File string `arg:"" type:"existingfile"`
}

// Run prints precision, recall and F1 for each class of personal detail.
func (c *detailsEvaluateCommand) Run(t terminal) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fault.Wrap(fault.Invalid, "beenthere.details", err)
	}
	defer file.Close()
	report, err := triage.EvaluateDetails(file, append(help.Numbers(), help.Sites()...))
	if err != nil {
		return err
	}
	return report.Print(t.out)
}
