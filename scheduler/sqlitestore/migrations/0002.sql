-- Content is packed with DEFLATE where that makes it smaller: unpacked is then how many bytes it has, and digest is the
-- SHA-256 of those. Where unpacked is NULL, bytes is the content itself, as version 1 wrote it.
ALTER TABLE content ADD COLUMN unpacked INTEGER CHECK (unpacked > length(bytes) AND unpacked <= 1000000000);
