/* How wide texts are in a terminal, and where their lines break. Independent of the locale, so that
 * the same result has the same layout everywhere. */
#ifndef FPLI_WIDTH_H
#define FPLI_WIDTH_H

#include <fahrplan/status.h>

/* Columns that a character takes: 0 for combining marks, 2 for the wide ones of East Asia. */
int fpli_char_width(uint32_t code);

/* Columns of a text, or of its first `size` bytes. */
int fpli_width(const char *text);
int fpli_width_n(const char *text, size_t size);

/* Columns of the longest piece that does not break: a word, or a part of one up to a hyphen. */
int fpli_longest_word(const char *text);

/* One line of a text that is broken to a width. */
typedef struct fpli_line {
    const char *text;
    size_t size;
    bool hyphen; /* a word was cut: a hyphen follows */
} fpli_line;

/* The next line of *rest, at most `width` columns; *rest moves behind it. false: nothing is left.
 * Lines break at blanks and behind hyphens and slashes; a word that is longer than a line is cut. */
bool fpli_next_line(const char **rest, int width, fpli_line *line);

#endif
