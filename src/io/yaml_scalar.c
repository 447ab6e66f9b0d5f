/* How scalars, and lists and maps on one line, are written. A text stays plain only if
 * YAML 1.1 and YAML 1.2 both read a string of the same characters; when in doubt it is
 * quoted. */
#include "io/yaml_emit.h"

#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- what plain means -------------------------------------------------------------- */

/* Could be taken for a number, a date or a time of day. Errs on the careful side. */
static bool is_like_number(const char *text)
{
    const char *at = text + (*text == '-' || *text == '+');
    at += *at == '.';
    if (!is_digit(*at) && *at != '.') return false;
    return strspn(at, "0123456789abcdefABCDEFxXoOtTzZ_.:+- ") == strlen(at);
}

static bool is_like_word(const char *text)
{
    static const char *const words[] = {"null", "true", "false", "yes",  "no",    "on",
                                        "off",  "y",    "n",     ".inf", "-.inf", "+.inf",
                                        ".nan", "~",    "=",     "<<"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(text, words[i]) == 0) return true;
    return false;
}

/* No character that plain text cannot hold. */
static bool is_printable(const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        int n = fpli_utf8_next(text + at, length - at, &code);
        if (n == 0 || code < 0x20 || (code >= 0x7F && code <= 0xA0)) return false;
        if (code == 0x2028 || code == 0x2029 || code == 0xFEFF ||
            (code & 0xFFFE) == 0xFFFE)
            return false;
        at += (size_t)n;
    }
    return true;
}

static bool may_be_plain(const fpli_yaml_node *node, bool in_flow)
{
    const char *text = node->text;
    const size_t length = node->length;
    if (length == 0 || !is_printable(text, length)) return false;
    if (text[0] == ' ' || text[length - 1] == ' ' || text[length - 1] == ':')
        return false;
    if (strchr("?:,[]{}#&*!|>'\"%@`", text[0]) != NULL) return false;
    if (text[0] == '-' && (length == 1 || strchr(" -,[]{}", text[1]) != NULL))
        return false;
    if (strncmp(text, "...", 3) == 0) return false;
    if (strstr(text, ": ") != NULL || strstr(text, " #") != NULL) return false;
    if (in_flow && strpbrk(text, ",[]{}:?") != NULL) return false;
    return node->layout == FPLI_YAML_BARE ||
           (!is_like_number(text) && !is_like_word(text));
}

/* ---- writing ----------------------------------------------------------------------- */

static void put_escaped(fpli_buffer *buffer, uint32_t code)
{
    if (code == '\n')
        fpli_put(buffer, "\\n");
    else if (code == '\t')
        fpli_put(buffer, "\\t");
    else if (code <= 0xFF)
        fpli_putf(buffer, "\\x%02X", (unsigned)code);
    else if (code <= 0xFFFF)
        fpli_putf(buffer, "\\u%04X", (unsigned)code);
    else
        fpli_putf(buffer, "\\U%08X", (unsigned)code);
}

static void put_quoted(fpli_buffer *buffer, const char *text, size_t length)
{
    fpli_put(buffer, "\"");
    for (size_t at = 0; at < length;) {
        uint32_t code = 0;
        int n = fpli_utf8_next(text + at, length - at, &code);
        if (n == 0) n = 1;
        if (code == '"' || code == '\\') fpli_put(buffer, "\\");
        if (code == ' ' || is_printable(text + at, (size_t)n))
            fpli_put_bytes(buffer, text + at, (size_t)n);
        else
            put_escaped(buffer, code);
        at += (size_t)n;
    }
    fpli_put(buffer, "\"");
}

void fpli_yaml_put_scalar(fpli_buffer *buffer, const fpli_yaml_node *node, bool in_flow)
{
    if (node->length == 0 && node->layout == FPLI_YAML_BARE &&
        node->style == FPLI_YAML_PLAIN)
        fpli_put(buffer, "null");
    else if (may_be_plain(node, in_flow))
        fpli_put_bytes(buffer, node->text, node->length);
    else
        put_quoted(buffer, node->text, node->length);
}

void fpli_yaml_keep_style(fpli_yaml_node *node)
{
    const bool is_block = node->style == FPLI_YAML_LITERAL ||
                          node->style == FPLI_YAML_FOLDED;
    if (node->kind != FPLI_YAML_SCALAR)
        node->layout = node->flow ? FPLI_YAML_AUTO : FPLI_YAML_BLOCK;
    else if (is_block)
        node->layout = FPLI_YAML_PROSE;
    else
        node->layout = node->style == FPLI_YAML_PLAIN ? FPLI_YAML_BARE : FPLI_YAML_AUTO;
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next)
        fpli_yaml_keep_style(entry->value);
}

void fpli_yaml_put_flow(fpli_buffer *buffer, const fpli_yaml_node *node)
{
    if (node->kind == FPLI_YAML_SCALAR) {
        fpli_yaml_put_scalar(buffer, node, true);
        return;
    }
    fpli_put(buffer, node->kind == FPLI_YAML_MAP ? "{" : "[");
    for (const fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        if (entry != node->first) fpli_put(buffer, ", ");
        if (entry->key != NULL) {
            fpli_yaml_put_scalar(buffer, entry->key, true);
            fpli_put(buffer, ": ");
        }
        fpli_yaml_put_flow(buffer, entry->value);
    }
    fpli_put(buffer, node->kind == FPLI_YAML_MAP ? "}" : "]");
}
