"""What is known of Chinese, once."""
