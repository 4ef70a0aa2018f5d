/**
 * Packages that tell shared-mime-info of kinds of files: its trigger makes the whole database anew where it is there already.
 * Source: Contents files of Debian 12 and 13, 2026-11-20, paths below usr/share/mime/packages; of packages that Dockerfiles install.
 */
import type { System } from './system.ts'
import type { Candidate, Table } from './table.ts'

const database = 'shared-mime-info'

const telling = new Set(
  (
    'akonadi-server audacity-data brasero-common caja-common calibre cmake-qt-gui codeblocks-common cura emboss fltk-options ' +
    'fluid fontforge-common freecad gcr gnuradio grace gramps gtkwave htmldoc-common hugin josm k3b-data kdenlive-data keepassxc ' +
    'keepassxc-full keepassxc-minimal kicad kile kmymoney-common krdc libfm-data libkf5coreaddons-data libkf6coreaddons-data ' +
    'libreoffice-common librepcb libsigrok4 libsigrok4t64 lmms-common love meld mkvtoolnix-gui musescore musescore3 nemo-data ' +
    'nextcloud-desktop obconf openscad owncloud-client prusa-slicer puredata-gui qgis qtcreator-data remmina scilab-cli ' +
    'scribus-data shotcut software-properties-gtk spacefm-common supercollider-common texmacs-base tint2 virt-viewer ' +
    'wireshark-common wxmaxima xournalpp xpra zim'
  ).split(' '),
)

/** What is there already and writes its files once more for what comes. */
export function writingAgain(added: readonly Candidate[], system: System, table: Table): readonly Candidate[] {
  const maker = table.get(database)
  if (maker === undefined || !system.has(database)) return []
  const tells = (name: string): boolean => telling.has(name) || (name === 'systemd' && table.suite === 'trixie')
  return added.some(({ name }) => tells(name)) ? [maker] : []
}
