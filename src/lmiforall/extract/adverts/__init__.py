"""Sources of job adverts -> postings: files, two publishers' APIs, and pages of employers and newspapers."""
