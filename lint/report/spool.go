package report

import (
	"io"
	"os"
)

// A spool keeps the part of a report that comes behind something which is known
// only at the end of the run. What does not fit into memory goes to a temporary
// file, so that a report may be of any size.
type spool struct {
	b    []byte
	file *os.File
	err  error
}

// spoolKept is how many octets a spool keeps in memory.
const spoolKept = 4 << 20

func (s *spool) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	s.b = append(s.b, p...)
	if len(s.b) > spoolKept {
		s.spill()
	}
	return len(p), s.err
}

func (s *spool) spill() {
	if s.file == nil {
		f, err := os.CreateTemp("", "smtplint-*")
		if err != nil {
			s.err = err
			return
		}
		s.file = f
		os.Remove(f.Name()) // where the system allows it, so that nothing stays behind whatever happens
	}
	_, s.err = s.file.Write(s.b)
	s.b = s.b[:0]
}

// empty reports whether nothing was written.
func (s *spool) empty() bool { return len(s.b) == 0 && s.file == nil }

// pour writes to out what was kept, and gives the memory and the file back.
func (s *spool) pour(out io.Writer) error {
	defer s.close()
	if s.err != nil {
		return s.err
	}
	if s.file != nil {
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(out, s.file); err != nil {
			return err
		}
	}
	_, err := out.Write(s.b)
	return err
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
	*s = spool{}
}
