module github.com/smtplint/smtplint

go 1.25
