package main

import (
	"errdex/internal/catalog"
	"errdex/internal/check"
	"errdex/internal/load"
	"errdex/internal/site"
)

type schemaCmd struct {
	Kind       string `arg:"" optional:"" default:"definition" enum:"definition,collection,site,guide" help:"definition, collection, site or guide."`
	Source     string `help:"Offer the slugs, groups and guides of this folder for completion." placeholder:"DIR" type:"path"`
	Collection string `help:"With --source: the collection whose definitions are written." placeholder:"ID"`
}

func (schemaCmd) Help() string {
	return `Prints the JSON Schema (draft 7) of an author's file, for completion and hover in an editor. VS Code (with the YAML extension) and JetBrains read it from a
line at the top of a file, which errdex new writes where .schema/definition.json is there:

  # yaml-language-server: $schema=../../.schema/definition.json

Examples:
  errdex schema > .schema/definition.json
  errdex schema definition --source . > .schema/definition.json   with the codes and groups of this folder
  errdex schema site > .schema/site.json`
}

func (c *schemaCmd) Run(a *app) error {
	opt := load.SchemaOptions{Collection: c.Collection, Hosts: catalog.Hosts}
	for _, r := range check.Rules() {
		if !r.Fixed {
			opt.Rules = append(opt.Rules, r.ID)
		}
	}
	if c.Source != "" {
		root, o, err := a.open(c.Source)
		if err != nil {
			return err
		}
		defer root.Close()
		checked, err := site.Check(a.ctx, o)
		if err != nil {
			return err
		}
		opt.Site = checked.Site
	}
	schema, err := load.Schema(c.Kind, opt)
	if err != nil {
		return err
	}
	_, err = a.out.Write(schema)
	return err
}
