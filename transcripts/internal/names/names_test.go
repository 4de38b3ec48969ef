package names

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestTable does with a table what it does with a map, among names that share
// slots.
func TestTable(t *testing.T) {
	var table Table[int]
	want := map[string]int{}
	found := 0
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 400_000 {
		among := 20
		if i >= 50_000 { // so many that those who are gone are forgotten
			among = 8 * mostGone
		}
		name := fmt.Sprintf("smtpd[%d]", random.IntN(among)*slots/4)
		switch n := random.IntN(10_000); {
		case n == 0:
			table.Clear()
			clear(want)
		case n < 2000:
			table.Delete([]byte(name))
			delete(want, name)
		case n < 6000:
			key, v, fresh := table.Of([]byte(name))
			if _, known := want[name]; fresh == known || key != name || *v != want[name] {
				t.Fatalf("%s is %s, %d, fresh %v; want %d, fresh %v", name, key, *v, fresh, want[name], !known)
			}
			*v, want[name] = n, n
		default:
			v := table.Get([]byte(name))
			if n, known := want[name]; (v != nil) != known || known && *v != n {
				t.Fatalf("%s: %v, want %d, %v", name, v, n, known)
			}
		}
		part := random.IntN(len(name))
		if v := table.Recent([]byte(name[:part]), []byte(name[part:])); v != nil {
			found++
			if n, known := want[name]; !known || n != *v {
				t.Fatalf("%s is %d, want %d, %v", name, *v, n, known)
			}
		}
		if len(table.all) > max(2*table.Len()+mostGone, few)+1 {
			t.Fatalf("%d names are remembered for %d", len(table.all), table.Len())
		}
		if table.Len() != len(want) {
			t.Fatalf("%d names, want %d", table.Len(), len(want))
		}
	}
	if found < 10_000 {
		t.Errorf("only %d names in two parts were found", found)
	}
	for name, v := range table.Sorted() {
		if want[name] != *v {
			t.Errorf("%s is %d, want %d", name, *v, want[name])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("%d names were not yielded", len(want))
	}
}

// TestCounted has names that are counted up, as process ids are: none of them
// takes the slot of another.
func TestCounted(t *testing.T) {
	for _, form := range []string{"%d", "mx1/postfix/smtpd[%d]"} {
		taken := map[uint32]bool{}
		for n := 6000; n < 6000+slots*9/10; n++ {
			taken[slotOf(fmt.Appendf(nil, form, n))] = true
		}
		if len(taken) < slots*9/10 {
			t.Errorf(form+": %d slots for %d names", 6000, len(taken), slots*9/10)
		}
	}
}
