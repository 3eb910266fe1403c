#!/bin/bash

__ethos_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__ethos_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__ethos_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__ethos_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_ethos() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __ethos_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    init|import|schema|hook|driver|status|list|show|check|diff|log|why|blame|set|format|retire|propose|classify|review|approve|object|abstain|comment|collect|merge|ratify|withdraw|adopt|reaffirm|undo|recover|release|releases|handover|verify|decide|test|replay|audit|systems|export|help)
        # Offer subcommand argument completions
        "_ethos_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'init import schema hook driver status list show check diff log why blame set format retire propose classify review approve object abstain comment collect merge ratify withdraw adopt reaffirm undo recover release releases handover verify decide test replay audit systems export help' -- "${cur}"))
        ;;
    esac
}

_ethos_init() {
    repeating_flags=()
    non_repeating_flags=(--story --dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--template --organisation -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--template')
        return
        ;;
    '--organisation')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_import() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __ethos_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    markdown|dmn)
        # Offer subcommand argument completions
        "_ethos_import_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'markdown dmn' -- "${cur}"))
        ;;
    esac
}

_ethos_import_markdown() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--owner --rank-attribute --ranks --document --ids --because -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--owner')
        return
        ;;
    '--rank-attribute')
        return
        ;;
    '--ranks')
        return
        ;;
    '--document')
        return
        ;;
    '--ids')
        __ethos_add_completions -W 'written'$'\n''slug'
        return
        ;;
    '--because')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_import_dmn() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--owner --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--owner')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_schema() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_hook() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __ethos_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    install|run)
        # Offer subcommand argument completions
        "_ethos_hook_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'install run' -- "${cur}"))
        ;;
    esac
}

_ethos_hook_install() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_hook_run() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __ethos_add_completions -W 'commit-msg'$'\n''pre-push'$'\n''pre-receive'$'\n''post-receive'
        return
        ;;
    esac
}

_ethos_driver() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __ethos_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    install|textconv|diff|merge)
        # Offer subcommand argument completions
        "_ethos_driver_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'install textconv diff merge' -- "${cur}"))
        ;;
    esac
}

_ethos_driver_install() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_driver_textconv() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_driver_diff() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_driver_merge() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 4

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_status() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--format -C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_list() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __ethos_add_completions -W 'charter'$'\n''value'$'\n''decision'$'\n''limit'$'\n''exception'$'\n''cycle'$'\n''person'$'\n''system'
        return
        ;;
    esac
}

_ethos_show() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_check() {
    repeating_flags=()
    non_repeating_flags=(--history --decisions --all --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --format -C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''sarif'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_diff() {
    repeating_flags=()
    non_repeating_flags=(--why --exit-code --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--format -C --color)
    __ethos_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_log() {
    repeating_flags=()
    non_repeating_flags=(--graph --no-index --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --cycle --by --since --until --action --value --grep --limit --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--cycle')
        return
        ;;
    '--by')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--action')
        __ethos_add_completions -W 'added'$'\n''removed'$'\n''retired'$'\n''restored'$'\n''strengthened'$'\n''weakened'$'\n''tightened'$'\n''loosened'$'\n''raised'$'\n''lowered'$'\n''widened'$'\n''narrowed'$'\n''reversed'$'\n''reassigned'$'\n''moved'$'\n''renamed'$'\n''reworded'$'\n''clarified'$'\n''changed'
        return
        ;;
    '--value')
        return
        ;;
    '--grep')
        return
        ;;
    '--limit')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_why() {
    repeating_flags=()
    non_repeating_flags=(--no-index --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_blame() {
    repeating_flags=()
    non_repeating_flags=(--no-index --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_set() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--proposal --because -C --color)
    __ethos_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--proposal')
        return
        ;;
    '--because')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_format() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_retire() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because --since --proposal -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--since')
        return
        ;;
    '--proposal')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_propose() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=(--source --reason-for --co-author)
    non_repeating_options=(--subject --because -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--subject')
        return
        ;;
    '--because')
        return
        ;;
    '--source')
        return
        ;;
    '--reason-for')
        return
        ;;
    '--co-author')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_classify() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because --proposal -C --color)
    __ethos_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--proposal')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_review() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --strict --show-cases --no-pager --version -h --help)
    repeating_options=(--by --map)
    non_repeating_options=(--at --cases --decision --separator --threads --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--cases')
        return
        ;;
    '--decision')
        return
        ;;
    '--by')
        return
        ;;
    '--map')
        return
        ;;
    '--separator')
        return
        ;;
    '--threads')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_approve() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=(--condition)
    non_repeating_options=(--because --for --source -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--for')
        return
        ;;
    '--source')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    '--condition')
        return
        ;;
    esac
}

_ethos_object() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because --for --source -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--for')
        return
        ;;
    '--source')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_abstain() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because --for --source -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--for')
        return
        ;;
    '--source')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_comment() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because --on -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--on')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_collect() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_merge() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_ratify() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=(--answer)
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--answer')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_withdraw() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_adopt() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because --name --receipt -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '--name')
        return
        ;;
    '--receipt')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_reaffirm() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--because -C --color)
    __ethos_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--because')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_undo() {
    repeating_flags=()
    non_repeating_flags=(--dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_recover() {
    repeating_flags=()
    non_repeating_flags=(--back --keep --dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(-C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_release() {
    repeating_flags=()
    non_repeating_flags=(--retroactive --bring-forward --approve --dry-run -n --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--cycle --effective --title --because --words -C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--cycle')
        return
        ;;
    '--effective')
        return
        ;;
    '--title')
        return
        ;;
    '--because')
        return
        ;;
    '--words')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_releases() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_handover() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--format -C --color)
    __ethos_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_verify() {
    repeating_flags=()
    non_repeating_flags=(--again --no-pager --version -h --help)
    repeating_options=(--trust)
    non_repeating_options=(--receipt --threshold --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--receipt')
        return
        ;;
    '--trust')
        return
        ;;
    '--threshold')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_decide() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--input --at --format -C --color)
    __ethos_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--input')
        return
        ;;
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_test() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --format -C --color)
    __ethos_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_replay() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --strict --show-cases --exit-code --no-pager --version -h --help)
    repeating_options=(--by --map)
    non_repeating_options=(--decision --from --to --separator --threads --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--decision')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--by')
        return
        ;;
    '--map')
        return
        ;;
    '--separator')
        return
        ;;
    '--threads')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_audit() {
    repeating_flags=()
    non_repeating_flags=(--with-hindsight --decimal-comma --strict --show-cases --exit-code --no-pager --version -h --help)
    repeating_options=(--outcome --by --map-for --map)
    non_repeating_options=(--decision --day --reason --at --against --system --where --since --list --sample --seed --sweep --separator --threads --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--decision')
        return
        ;;
    '--day')
        return
        ;;
    '--outcome')
        return
        ;;
    '--reason')
        return
        ;;
    '--at')
        return
        ;;
    '--against')
        return
        ;;
    '--system')
        return
        ;;
    '--by')
        return
        ;;
    '--where')
        return
        ;;
    '--since')
        return
        ;;
    '--map-for')
        return
        ;;
    '--list')
        return
        ;;
    '--sample')
        return
        ;;
    '--seed')
        return
        ;;
    '--sweep')
        return
        ;;
    '--map')
        return
        ;;
    '--separator')
        return
        ;;
    '--threads')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_systems() {
    repeating_flags=()
    non_repeating_flags=(--decimal-comma --strict --show-cases --no-pager --version -h --help)
    repeating_options=(--map)
    non_repeating_options=(--forbid --cases --separator --threads --format -C --color)
    __ethos_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--forbid')
        return
        ;;
    '--cases')
        return
        ;;
    '--map')
        return
        ;;
    '--separator')
        return
        ;;
    '--threads')
        return
        ;;
    '--format')
        __ethos_add_completions -W 'text'$'\n''json'$'\n''markdown'$'\n''html'
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_export() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __ethos_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    dmn|sql|bundle|prompt|signers)
        # Offer subcommand argument completions
        "_ethos_export_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'dmn sql bundle prompt signers' -- "${cur}"))
        ;;
    esac
}

_ethos_export_dmn() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --output -o -C --color)
    __ethos_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_export_sql() {
    repeating_flags=()
    non_repeating_flags=(--typed --no-pager --version -h --help)
    repeating_options=(--map --by)
    non_repeating_options=(--decision --from --to --dialect --table --output -o -C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--decision')
        return
        ;;
    '--from')
        return
        ;;
    '--to')
        return
        ;;
    '--dialect')
        __ethos_add_completions -W 'duckdb'$'\n''postgres'$'\n''spark'$'\n''sqlite'
        return
        ;;
    '--table')
        return
        ;;
    '--map')
        return
        ;;
    '--by')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_export_bundle() {
    repeating_flags=()
    non_repeating_flags=(--sign --no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at --output -o -C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_export_prompt() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--audience --at --output -o -C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--audience')
        return
        ;;
    '--at')
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_export_signers() {
    repeating_flags=()
    non_repeating_flags=(--no-pager --version -h --help)
    repeating_options=()
    non_repeating_options=(--at -C --color)
    __ethos_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--at')
        return
        ;;
    '-C')
        return
        ;;
    '--color')
        __ethos_add_completions -W 'auto'$'\n''always'$'\n''never'
        return
        ;;
    esac
}

_ethos_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __ethos_offer_flags_options -1
}

complete -o filenames -F _ethos ethos
