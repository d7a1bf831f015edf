import type { TablerIcon } from '@tabler/icons-react'
import IconActivity from '@tabler/icons-react/icons/IconActivity'
import IconAddressBook from '@tabler/icons-react/icons/IconAddressBook'
import IconAdjustments from '@tabler/icons-react/icons/IconAdjustments'
import IconArrowsLeftRight from '@tabler/icons-react/icons/IconArrowsLeftRight'
import IconBell from '@tabler/icons-react/icons/IconBell'
import IconBinaryTree from '@tabler/icons-react/icons/IconBinaryTree'
import IconBolt from '@tabler/icons-react/icons/IconBolt'
import IconBookmark from '@tabler/icons-react/icons/IconBookmark'
import IconBox from '@tabler/icons-react/icons/IconBox'
import IconBoxMultiple from '@tabler/icons-react/icons/IconBoxMultiple'
import IconBriefcase from '@tabler/icons-react/icons/IconBriefcase'
import IconBroadcast from '@tabler/icons-react/icons/IconBroadcast'
import IconBuilding from '@tabler/icons-react/icons/IconBuilding'
import IconBuildingFactory from '@tabler/icons-react/icons/IconBuildingFactory2'
import IconBuildings from '@tabler/icons-react/icons/IconBuildings'
import IconCalendar from '@tabler/icons-react/icons/IconCalendar'
import IconCategory from '@tabler/icons-react/icons/IconCategory'
import IconCircuit from '@tabler/icons-react/icons/IconCircuitSwitchOpen'
import IconClock from '@tabler/icons-react/icons/IconClock'
import IconClockPlay from '@tabler/icons-react/icons/IconClockPlay'
import IconCloud from '@tabler/icons-react/icons/IconCloud'
import IconCode from '@tabler/icons-react/icons/IconCode'
import IconComponents from '@tabler/icons-react/icons/IconComponents'
import IconCpu from '@tabler/icons-react/icons/IconCpu'
import IconDatabase from '@tabler/icons-react/icons/IconDatabase'
import IconDeviceDesktop from '@tabler/icons-react/icons/IconDeviceDesktop'
import IconDevices from '@tabler/icons-react/icons/IconDevices'
import IconDisc from '@tabler/icons-react/icons/IconDisc'
import IconFile from '@tabler/icons-react/icons/IconFile'
import IconFileCode from '@tabler/icons-react/icons/IconFileCode'
import IconFileText from '@tabler/icons-react/icons/IconFileText'
import IconFilter from '@tabler/icons-react/icons/IconFilter'
import IconFolder from '@tabler/icons-react/icons/IconFolder'
import IconFolders from '@tabler/icons-react/icons/IconFolders'
import IconForms from '@tabler/icons-react/icons/IconForms'
import IconHash from '@tabler/icons-react/icons/IconHash'
import IconHierarchy from '@tabler/icons-react/icons/IconHierarchy'
import IconHistory from '@tabler/icons-react/icons/IconHistory'
import IconHome from '@tabler/icons-react/icons/IconHome'
import IconIdBadge from '@tabler/icons-react/icons/IconIdBadge2'
import IconKey from '@tabler/icons-react/icons/IconKey'
import IconLayoutGrid from '@tabler/icons-react/icons/IconLayoutGrid'
import IconLink from '@tabler/icons-react/icons/IconLink'
import IconList from '@tabler/icons-react/icons/IconList'
import IconListDetails from '@tabler/icons-react/icons/IconListDetails'
import IconLock from '@tabler/icons-react/icons/IconLock'
import IconMap from '@tabler/icons-react/icons/IconMap'
import IconMapPin from '@tabler/icons-react/icons/IconMapPin'
import IconMapPins from '@tabler/icons-react/icons/IconMapPins'
import IconNetwork from '@tabler/icons-react/icons/IconNetwork'
import IconNotebook from '@tabler/icons-react/icons/IconNotebook'
import IconNotes from '@tabler/icons-react/icons/IconNotes'
import IconOutlet from '@tabler/icons-react/icons/IconOutlet'
import IconPackage from '@tabler/icons-react/icons/IconPackage'
import IconPackages from '@tabler/icons-react/icons/IconPackages'
import IconPalette from '@tabler/icons-react/icons/IconPalette'
import IconPhoto from '@tabler/icons-react/icons/IconPhoto'
import IconPlayerPlay from '@tabler/icons-react/icons/IconPlayerPlay'
import IconPlug from '@tabler/icons-react/icons/IconPlug'
import IconPlugConnected from '@tabler/icons-react/icons/IconPlugConnected'
import IconPuzzle from '@tabler/icons-react/icons/IconPuzzle'
import IconRoute from '@tabler/icons-react/icons/IconRoute'
import IconRouter from '@tabler/icons-react/icons/IconRouter'
import IconRuler from '@tabler/icons-react/icons/IconRuler'
import IconServer from '@tabler/icons-react/icons/IconServer'
import IconServer2 from '@tabler/icons-react/icons/IconServer2'
import IconSettings from '@tabler/icons-react/icons/IconSettings'
import IconShield from '@tabler/icons-react/icons/IconShield'
import IconShieldLock from '@tabler/icons-react/icons/IconShieldLock'
import IconSitemap from '@tabler/icons-react/icons/IconSitemap'
import IconSnowflake from '@tabler/icons-react/icons/IconSnowflake'
import IconStack from '@tabler/icons-react/icons/IconStack2'
import IconTable from '@tabler/icons-react/icons/IconTable'
import IconTag from '@tabler/icons-react/icons/IconTag'
import IconTags from '@tabler/icons-react/icons/IconTags'
import IconTemplate from '@tabler/icons-react/icons/IconTemplate'
import IconTerminal from '@tabler/icons-react/icons/IconTerminal2'
import IconTopologyStar from '@tabler/icons-react/icons/IconTopologyStar3'
import IconTransfer from '@tabler/icons-react/icons/IconTransfer'
import IconTruck from '@tabler/icons-react/icons/IconTruckDelivery'
import IconUser from '@tabler/icons-react/icons/IconUser'
import IconUsers from '@tabler/icons-react/icons/IconUsers'
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup'
import IconVersions from '@tabler/icons-react/icons/IconVersions'
import IconWebhook from '@tabler/icons-react/icons/IconWebhook'
import IconWifi from '@tabler/icons-react/icons/IconWifi'
import IconWind from '@tabler/icons-react/icons/IconWind'
import IconWorld from '@tabler/icons-react/icons/IconWorld'

const icons: Readonly<Record<string, TablerIcon>> = {
  versions: IconVersions,
  notebook: IconNotebook,
  'binary-tree': IconBinaryTree,
  'arrows-left-right': IconArrowsLeftRight,
  activity: IconActivity,
  'address-book': IconAddressBook,
  adjustments: IconAdjustments,
  bell: IconBell,
  bolt: IconBolt,
  bookmark: IconBookmark,
  box: IconBox,
  'box-multiple': IconBoxMultiple,
  briefcase: IconBriefcase,
  broadcast: IconBroadcast,
  building: IconBuilding,
  'building-factory': IconBuildingFactory,
  'building-factory-2': IconBuildingFactory,
  buildings: IconBuildings,
  cable: IconPlugConnected,
  calendar: IconCalendar,
  category: IconCategory,
  'circuit-switch-open': IconCircuit,
  clock: IconClock,
  'clock-play': IconClockPlay,
  cloud: IconCloud,
  code: IconCode,
  components: IconComponents,
  cpu: IconCpu,
  database: IconDatabase,
  'device-desktop': IconDeviceDesktop,
  devices: IconDevices,
  disc: IconDisc,
  file: IconFile,
  'file-code': IconFileCode,
  'file-text': IconFileText,
  filter: IconFilter,
  folder: IconFolder,
  folders: IconFolders,
  forms: IconForms,
  hash: IconHash,
  hierarchy: IconHierarchy,
  history: IconHistory,
  home: IconHome,
  'id-badge': IconIdBadge,
  'id-badge-2': IconIdBadge,
  key: IconKey,
  'layout-grid': IconLayoutGrid,
  link: IconLink,
  list: IconList,
  'list-details': IconListDetails,
  lock: IconLock,
  map: IconMap,
  'map-pin': IconMapPin,
  'map-pins': IconMapPins,
  network: IconNetwork,
  notes: IconNotes,
  outlet: IconOutlet,
  package: IconPackage,
  packages: IconPackages,
  palette: IconPalette,
  photo: IconPhoto,
  'player-play': IconPlayerPlay,
  plug: IconPlug,
  'plug-connected': IconPlugConnected,
  puzzle: IconPuzzle,
  route: IconRoute,
  router: IconRouter,
  ruler: IconRuler,
  server: IconServer,
  'server-2': IconServer2,
  settings: IconSettings,
  shield: IconShield,
  'shield-lock': IconShieldLock,
  sitemap: IconSitemap,
  snowflake: IconSnowflake,
  stack: IconStack,
  'stack-2': IconStack,
  table: IconTable,
  tag: IconTag,
  tags: IconTags,
  template: IconTemplate,
  terminal: IconTerminal,
  'terminal-2': IconTerminal,
  'topology-star': IconTopologyStar,
  'topology-star-3': IconTopologyStar,
  transfer: IconTransfer,
  'truck-delivery': IconTruck,
  user: IconUser,
  users: IconUsers,
  'users-group': IconUsersGroup,
  webhook: IconWebhook,
  wifi: IconWifi,
  wind: IconWind,
  world: IconWorld,
}

/** The icon that a model or menu names; a plain box for a name that is not drawn here. */
export function Icon({ name, size = 16 }: { name: string; size?: number }) {
  const Drawn = icons[name] ?? IconBox
  return <Drawn size={size} stroke={1.6} aria-hidden style={{ flex: 'none' }} />
}
