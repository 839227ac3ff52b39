"""The Discord face: slash commands, buttons and modals. Parses, hands over, replies; decides nothing."""
