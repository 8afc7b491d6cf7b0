// Package redisstore is the record that several machines share: entries and content in Redis, standalone, behind Sentinel or
// in a cluster.
//
// Nothing is ever changed there but a few counters, so a view is a number: the sequence of commits when it began. What was
// committed later carries a higher one and is not seen. An update collects what it reads and writes, and one script commits
// all of it or nothing: only if what it read is still the last of its name, and only once, under an ID that the region
// keeps. Where a connection breaks while a commit is under way, the ID is looked up, or barred if it is not there, so that
// it cannot come late. Nothing rests on a lock.
//
// All keys of a region have one hash tag, {payback:REGION}, so a script finds them on one node of a cluster:
//
//	{payback:R}:sequence            how many commits there were
//	{payback:R}:commits             the IDs of the last of them, and of those that are barred, by sequence
//	{payback:R}:names               kind, name and sequence of every entry that has a version, in order
//	{payback:R}:contents            the digests of all content, by sequence
//	{payback:R}:entry:KIND:NAME     a list of the versions, each with its sequence, its SHA-256 and its bytes
//	{payback:R}:content:DIGEST      content with its sequence, packed
//	{payback:R}:turn                who has lost too often to others and is waited for; it decides nothing
//	{payback:R}:barrier             written to learn how far the replicas are
//	{payback}:regions               the regions that may have an entry
//	{payback}:format                the version of this layout
//
// A record with a name of its own has payback-NAME in place of payback, so that one Redis may hold several.
package redisstore
