# Sourced by tests/shells/run in a zsh at a terminal, with the completion script and a file: from
# then on, what a tab offers is written to the file, one offer a line, with a line "." after the last.
script=$1 offers=$2
PROMPT= LISTMAX=10000
setopt no_always_last_prompt
bindkey -e
autoload -Uz compinit && compinit -D -u
source $script

compadd() {
  # A call that fills an array adds nothing.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  print -rl -- $hits >>$offers
  builtin compadd "$@"
}

all-offered() {
  print '\n.' >>$offers
  compstate[insert]= compstate[list]=
  comppostfuncs=(all-offered)  # zsh calls them once
}
comppostfuncs=(all-offered)

# With nothing to offer, completion would be tried again, as for a word that is misspelt.
zstyle ':completion:*' completer _complete
