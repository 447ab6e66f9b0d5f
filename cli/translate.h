/* Languages. The German catalogue (po/de.po, compiled by msgfmt) is part of the program, so German
 * needs neither an installed locale nor files beside the program. docs/design/0007. */
#ifndef TRANSLATE_H
#define TRANSLATE_H

/* "en" or "de"; NULL: as LC_ALL, LC_MESSAGES, LANG say. */
void translate_choose(const char *language);

/* The language chosen. */
const char *translate_language(void);

/* A message in that language; the message itself if there is no translation. */
const char *tr(const char *message) __attribute__((format_arg(1)));

/* The same for the library: fits fpl_translate. */
const char *translate(void *context, const char *message);

#endif
