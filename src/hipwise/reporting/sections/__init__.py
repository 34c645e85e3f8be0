"""What each part of the page says, as plain values that the template only arranges."""
