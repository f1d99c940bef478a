"""`brief review`: a page on this machine on which a person confirms, corrects and rejects the claims of a study."""
