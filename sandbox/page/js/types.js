/**
 * The shapes that travel over the page's socket (sandbox/PROTOCOL.md). Ids are strings.
 *
 * @typedef {{id: string, name: string}} Guild
 * @typedef {{id: string, guild_id: ?string, parent_id: ?string, name: string, type: number, topic?: ?string, nsfw?: boolean, recipient_ids?: string[]}} Channel
 * @typedef {{id: string, username: string, display_name: string, color?: ?string, bot: boolean, guild_ids: string[], admin_guild_ids: string[]}} Member
 * @typedef {{id: string, guild_id?: string, name: string, color?: ?string}} Role
 * @typedef {{name: string, value: string|number}} OptionChoice
 * @typedef {{
 *   type: number, name: string, description: string, required?: boolean, choices?: OptionChoice[], options?: Option[],
 *   autocomplete?: boolean, min_value?: number, max_value?: number, min_length?: number, max_length?: number,
 *   channel_types?: number[]
 * }} Option
 * @typedef {{
 *   id: string, type?: number, name: string, description: string, options?: Option[], guild_id?: ?string, nsfw?: boolean,
 *   dm_permission?: ?boolean, contexts?: ?number[], default_member_permissions?: ?string
 * }} Command
 * @typedef {{id: string, username: string, global_name?: ?string, bot?: boolean}} User
 * @typedef {{
 *   id: string, filename: string, size: number, url: string, content_type?: ?string, description?: ?string,
 *   width?: ?number, height?: ?number, flags?: number
 * }} Attachment
 * @typedef {{name: string, value: string, value_html?: string, inline?: boolean}} EmbedField
 * @typedef {{
 *   title?: string, description?: string, description_html?: string, url?: string, color?: number, timestamp?: string,
 *   author?: {name: string, url?: string, icon_url?: string}, footer?: {text: string, icon_url?: string},
 *   image?: {url: string}, thumbnail?: {url: string}, fields?: EmbedField[]
 * }} Embed
 * @typedef {{id?: ?string, name?: ?string, animated?: boolean}} Emoji
 * @typedef {{url: string, width?: ?number, height?: ?number}} Media
 * @typedef {{label: string, value: string, description?: string, emoji?: Emoji, default?: boolean}} SelectOption
 * @typedef {{
 *   type: number, custom_id?: string, label?: string, style?: number, url?: string, emoji?: Emoji, disabled?: boolean,
 *   placeholder?: string, options?: SelectOption[], min_values?: number, max_values?: number, channel_types?: number[],
 *   default_values?: {id: string}[], components?: Component[], component?: Component, accessory?: Component,
 *   content?: string, content_html?: string, description?: string, value?: string, required?: boolean, min_length?: number,
 *   max_length?: number, media?: Media, file?: {url: string}, name?: string, size?: number, spoiler?: boolean,
 *   items?: {media: Media, description?: string, spoiler?: boolean}[], accent_color?: ?number, divider?: boolean,
 *   spacing?: number
 * }} Component
 * @typedef {{
 *   id: string, channel_id: string, author: User, content: string, html?: string, timestamp: string,
 *   edited_timestamp?: ?string, flags?: number, type?: number, embeds?: Embed[], attachments?: Attachment[],
 *   components?: Component[], mentions?: User[], mention_everyone?: boolean, ephemeral_for?: ?string,
 *   referenced_message?: ?Message, interaction?: {name: string, user: User},
 *   interaction_metadata?: {name?: string, user: User}, message_reference?: {channel_id?: string, message_id?: string}, thread?: {id: string, name: string}
 * }} Message
 * @typedef {{id: string, filename: string, size: number, content_type: string, url: string}} Upload
 */
export {};
