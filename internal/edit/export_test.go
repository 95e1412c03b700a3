package edit

// CommitSteps is Commit with a function that is asked before every step; an error of it is a death at that moment.
func CommitSteps(dir string, p *Plan, step func() error) error { return commit(dir, p, step) }
