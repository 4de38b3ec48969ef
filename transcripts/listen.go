package transcripts

// Listen makes sessions of lines as they come, where a conversation is heard
// and not read from a recording. Each session is given to each when it is over,
// and is lent for that call; finish ends those that are still open. f says what
// the lines can prove, its Decoder is not used.
func Listen(f *Format, hints Hints, each func(*Session)) (to Sink, finish func()) {
	r := newReader(f, hints)
	r.deliver = func(d *dialogue) bool {
		each(&d.Session)
		r.spare = append(r.spare, d)
		return true
	}
	return r, r.finish
}
