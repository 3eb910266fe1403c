#!/bin/sh
# install.sh BINARY PREFIX puts the binary, its templates, completions and man page below PREFIX;
# install.sh --remove PREFIX takes them away again.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
prefix=$2
files="bin/ethos share/man/man1/ethos.1 share/bash-completion/completions/ethos
  share/zsh/site-functions/_ethos share/fish/vendor_completions.d/ethos.fish"

if [ "$1" = --remove ]; then
  for file in $files; do rm -f "$prefix/$file"; done
  rm -rf "$prefix/share/ethos"
  echo "removed ethos from $prefix"
  exit 0
fi

binary=$1
for file in $files; do mkdir -p "$prefix/$(dirname "$file")"; done
install -m 755 "$binary" "$prefix/bin/ethos"
"$binary" --generate-completion-script bash >"$prefix/share/bash-completion/completions/ethos"
"$binary" --generate-completion-script zsh >"$prefix/share/zsh/site-functions/_ethos"
"$binary" --generate-completion-script fish >"$prefix/share/fish/vendor_completions.d/ethos.fish"
"$binary" help man >"$prefix/share/man/man1/ethos.1"
rm -rf "$prefix/share/ethos"
mkdir -p "$prefix/share/ethos"
cp -R "$here/Templates" "$prefix/share/ethos/templates"
echo "installed $prefix/bin/ethos, with its templates, completions and man page"
