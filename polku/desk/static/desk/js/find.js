// as you type
