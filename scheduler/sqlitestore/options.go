package sqlitestore

// Option bends how a record is opened.
type Option func(*options)

type options struct {
	pragmas []string
	room    int64
}

// DefaultRoom is how many bytes must be free on the disk of a record before anything is written to it: enough to keep the
// imports and plans of a busy week, and to fold in the journal.
const DefaultRoom = 64 << 20

// Room sets how many bytes must be free before anything is written, in place of [DefaultRoom]. 0: it is not looked at.
func Room(bytes int64) Option {
	return func(o *options) { o.room = min(bytes, 1<<60) } // sizes are added to it
}

// Pragma adds a setting of SQLite, such as "cache_size(-65536)". One under which an acknowledged change could be lost is
// refused by [Open].
func Pragma(setting string) Option {
	return func(o *options) { o.pragmas = append(o.pragmas, setting) }
}

func chosen(all []Option) options {
	o := options{room: DefaultRoom}
	for _, set := range all {
		set(&o)
	}
	return o
}
