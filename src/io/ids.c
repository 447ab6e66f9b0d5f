/* Names become ids with as little change as possible. */
#include "io/ids.h"

#include "base/text.h"
#include "model/records.h"

#include <stdio.h>
#include <string.h>

static const char *const reserved[] = {"and", "or", "not", "in", "true", "false"};

/* Blanks, dashes and other signs beyond ASCII that nobody can see or type in a formula.
 */
static bool is_sign(uint32_t code)
{
    return (code >= 0x80 && code <= 0xBF && code != 0xAA && code != 0xB5 &&
            code != 0xBA) ||
           code == 0xD7 || code == 0xF7 || (code >= 0x2000 && code <= 0x2BFF) ||
           (code >= 0x3000 && code <= 0x3020) || code >= 0xFE00;
}

static bool is_allowed(uint32_t code, bool first)
{
    if (code >= 0x80) return !is_sign(code);
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z')) return true;
    return !first &&
           ((code >= '0' && code <= '9') || (code != 0 && strchr("_-.", (int)code)));
}

bool fpli_name_is_id(const char *name)
{
    const size_t size = strlen(name);
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        const int n = fpli_utf8_next(name + at, size - at, &code);
        if (n == 0 || !is_allowed(code, at == 0)) return false;
        at += (size_t)n;
    }
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(name, reserved[i]) == 0) return false;
    return size > 0 && fpli_is_id(name);
}

const char *fpli_id_of_name(fpli_arena *arena, const char *name)
{
    const size_t size = strlen(name);
    if (fpli_name_is_id(name)) return fpli_arena_text(arena, name, size);
    char *id = fpli_arena_alloc(arena, size + 2, 1);
    if (id == NULL) return NULL;
    size_t length = 0;
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        int n = fpli_utf8_next(name + at, size - at, &code);
        if (n == 0) n = 1;
        if (is_allowed(code, length == 0)) {
            memcpy(id + length, name + at, (size_t)n);
            length += (size_t)n;
        } else if (length > 0 && id[length - 1] != '_' && is_allowed(code, false)) {
            id[length++] = (char)code;
        } else if (length > 0 && id[length - 1] == '.') {
            id[length - 1] = '_'; /* "A. Government" */
        } else if (length > 0 && id[length - 1] != '_') {
            id[length++] = '_';
        }
        at += (size_t)n;
    }
    while (length > 0 && (id[length - 1] == '_' || id[length - 1] == '.')) length--;
    id[length] = '\0';
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(id, reserved[i]) == 0) memcpy(id + length, "_", 2);
    return id;
}

static bool is_taken(const char *id, const char *const *taken, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(taken[i], id) == 0) return true;
    return false;
}

static const char *numbered(fpli_arena *arena, const char *id, int number)
{
    const size_t size = strlen(id) + 16;
    char *text = fpli_arena_alloc(arena, size, 1);
    if (text != NULL) snprintf(text, size, "%s_%d", id, number);
    return text;
}

const char *fpli_id_make(fpli_arena *arena, const char *first, const char *second,
                         char letter, int number, const char *const *taken, int n)
{
    char plain[16];
    snprintf(plain, sizeof plain, "%c%d", letter, number);
    const char *id = fpli_name_is_id(first) ? first : second;
    id = fpli_id_of_name(arena, id);
    if (id != NULL && *id == '\0') id = fpli_id_of_name(arena, first);
    if (id != NULL && *id == '\0') id = fpli_arena_text(arena, plain, strlen(plain));
    const char *wanted = id;
    for (int k = 2; id != NULL && is_taken(id, taken, n); k++)
        id = numbered(arena, wanted, k);
    return id;
}
