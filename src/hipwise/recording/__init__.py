"""Reading what a camera, a laboratory or a watch recorded, with its true time stamps."""
