package prayer

// Sun is where the sun stands, for a test against a worked example.
var Sun = sun
