/* Wording: translation, numbers as people read them, names of a model. */
#ifndef FPLI_WORDS_H
#define FPLI_WORDS_H

#include "base/status.h"
#include "output/document.h"

/* The message in the reader's language. */
const char *fpli_tr(const fpl_output_options *words, const char *message);

/* "de" or "en", never NULL. */
const char *fpli_language(const fpl_output_options *words);

/* A sentence put together from a translated format. */
void fpli_sayf(fpl_section *section, const char *format, ...) FPL_PRINTF(2, 3);

/* Digits in groups of three, set apart by narrow blanks. */
void fpli_put_digits(fpli_buffer *buffer, const char *digits, bool ascii);

/* The same as texts that live in the document. */
const char *fpli_count_words(fpl_document *document, const fpl_output_options *words,
                             const fpl_count *count);
const char *fpli_number_words(fpl_document *document, const fpl_output_options *words,
                              uint64_t number);

/* The one of two messages that fits a number in digits, in the reader's language: "%s row tested"
 * for "1", else "%s rows tested". */
const char *fpli_tr_counted(const fpl_output_options *words, const char *number,
                            const char *one, const char *many);

/* A number and its noun; the messages have one place: "%s exclusion", "%s exclusions". */
const char *fpli_counted(fpl_document *document, const fpl_output_options *words,
                         uint64_t number, const char *one, const char *many);

/* A sum of judgements: "−1.5", in units of 1/denominator. with_sign: "+2". */
const char *fpli_points(fpl_document *document, const fpl_output_options *words,
                        int64_t value, int denominator, bool with_sign);

#endif
