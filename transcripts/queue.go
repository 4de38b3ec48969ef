package transcripts

// A queue holds the exchanges that wait for a reply, oldest first.
type queue struct {
	items []int
	head  int
}

func (q *queue) len() int { return len(q.items) - q.head }

func (q *queue) push(i int) { q.items = append(q.items, i) }

// first returns the exchange that waits longest. The queue must not be empty.
func (q *queue) first() int { return q.items[q.head] }

// all returns the waiting exchanges; they may be changed in place.
func (q *queue) all() []int { return q.items[q.head:] }

// drop takes the n oldest off.
func (q *queue) drop(n int) {
	if q.head += n; q.head == len(q.items) {
		q.clear()
	}
}

func (q *queue) clear() { q.items, q.head = q.items[:0], 0 }

// remove takes exchange i off, wherever it stands.
func (q *queue) remove(i int) {
	for k, item := range q.all() {
		if item == i {
			k += q.head
			q.items = append(q.items[:k], q.items[k+1:]...)
			return
		}
	}
}
