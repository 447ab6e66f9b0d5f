/* What functions return, and the record that tells a person why. */
#ifndef FAHRPLAN_STATUS_H
#define FAHRPLAN_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define FPL_API                 __attribute__((visibility("default")))
#define FPL_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define FPL_FORMAT_OF(text)     __attribute__((format_arg(text)))
#else
#define FPL_API
#define FPL_PRINTF(text, first)
#define FPL_FORMAT_OF(text)
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum fpl_status {
    FPL_OK = 0,
    FPL_E_SYNTAX,      /* a file or formula is not well formed */
    FPL_E_MODEL,       /* well formed, but not an admissible model */
    FPL_E_ARGUMENT,    /* an argument is outside its range */
    FPL_E_MEMORY,      /* no memory */
    FPL_E_IO,          /* could not read or write */
    FPL_E_OVERFLOW,    /* a number does not fit */
    FPL_E_UNSUPPORTED, /* legal, but this build or this version cannot do it */
    FPL_E_INTERNAL,    /* a fault of ours */
    FPL_STATUS_END
} fpl_status;

/* Why a search or sweep ended. A result that is not FPL_COMPLETE is valid as far as it goes. */
typedef enum fpl_stop {
    FPL_COMPLETE = 0,
    FPL_STOPPED_TIME,      /* the deadline of fpl_limits passed */
    FPL_STOPPED_CAP,       /* as many results as fpl_limits allows */
    FPL_STOPPED_CANCELLED, /* the cancel flag was set */
    FPL_STOPPED_VISITOR    /* the visitor asked to stop */
} fpl_stop;

/* A place in a text. line and column count from 1; column counts characters, not bytes; width is
 * the number of characters concerned. line 0: the text has no lines (an argument, say). */
typedef struct fpl_mark {
    int line;
    int column;
    int width;
    int file; /* 0: the text itself; 1: the file of observations that it names */
} fpl_mark;

enum { FPL_ERROR_TEXT = 512 };

/* Translate a message of the program into the reader's language; returns the message itself when
 * there is no translation. Texts are the English msgids. docs/design/0004. */
typedef const char *(*fpl_translate)(void *context, const char *message);

/* One complaint: where, what, and what to do. Texts are UTF-8, cut at a character boundary if they
 * are longer than the record. Fill with zeros before the first use; calls overwrite it on failure
 * only.
 *
 * The caller may set `translate` and its context before a call; they stay as they are, and notices
 * that the call gives are translated likewise. A message with places for values is translated before
 * they are filled in: the translation has the same conversions of printf, in the same order or
 * numbered (%2$s). */
typedef struct fpl_error {
    fpl_status status;
    char file[FPL_ERROR_TEXT]; /* as the caller named it; empty if no file is concerned */
    fpl_mark mark;             /* where in the file */
    char message[FPL_ERROR_TEXT]; /* one sentence, lower case, no full stop */
    fpl_mark note_mark;           /* where the note points, line 0 if nowhere */
    char note
        [FPL_ERROR_TEXT]; /* what to do, or where the other half of a conflict stands */
    fpl_translate translate; /* NULL: English */
    void *translate_context;
} fpl_error;

/* The name of a status in a few words ("bad syntax"), never NULL. */
FPL_API const char *fpl_status_text(fpl_status status);

#ifdef __cplusplus
}
#endif

#endif
